import { drawBlock } from "@/app/draw-block";
import { ChatPage, type ChatPageProps } from "@/features/chat/chat-page";
import { FirstBlade } from "@/features/recommender/first-blade";
import { OrderButton } from "@/features/shop/order-button";

interface ChatRoomProps extends Omit<ChatPageProps, "drawBlock" | "drawFirst"> {
  /** The slayer has never said anything. */
  firstTime: boolean;
}

/** The chat with everything that is drawn in it. A chunk of its own: whoever stands at the gate does not fetch it. */
export function ChatRoom({ firstTime, ...chat }: ChatRoomProps) {
  return (
    <ChatPage
      {...chat}
      drawBlock={drawBlock}
      drawFirst={(say) =>
        firstTime ? <FirstBlade ask={say} drawOrder={(weapon) => <OrderButton weapon={weapon} />} /> : null
      }
    />
  );
}
