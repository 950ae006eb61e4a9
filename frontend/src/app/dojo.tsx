import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { drawBlock } from "@/app/draw-block";
import { TopBar } from "@/app/top-bar";
import { Panel } from "@/components/panel";
import { useStyle } from "@/components/shop-context";
import { Toasts, type Toast } from "@/components/toasts";
import { useAccent } from "@/components/use-accent";
import { signOut } from "@/features/auth/auth-api";
import { listThreads } from "@/features/chat/chat-api";
import { ChatPage } from "@/features/chat/chat-page";
import { ThreadList } from "@/features/chat/thread-list";
import { ArmouryPage } from "@/features/shop/armoury-page";
import { SlayerCard } from "@/features/slayer/slayer-card";
import { get } from "@/lib/api";
import { points } from "@/lib/format";
import { localId } from "@/lib/local-id";
import type { Block, Me, ThreadSummary } from "@/lib/types";
import { goTo, placeOf, useHash } from "@/lib/use-hash";

interface DojoProps {
  me: Me;
  onMe: (me: Me) => void;
  onLeft: () => void;
}

/** Everything behind the gate: the bar, the conversations, the chat and the armoury. */
export function Dojo({ me, onMe, onLeft }: DojoProps) {
  const place = placeOf(useHash());
  const threadInPlace = place.name === "chat" ? place.threadId : null;
  // The chat stays as it is, answer in flight included, while the slayer looks around in the armoury.
  const [keptThread, setKeptThread] = useState(threadInPlace);
  if (place.name === "chat" && keptThread !== threadInPlace) setKeptThread(threadInPlace);

  const [menu, setMenu] = useState(false);
  const [toasts, setToasts] = useState<Toast[]>([]);
  const [question, setQuestion] = useState<{ text: string } | null>(null);
  const { threads, listedAt, refresh: refreshThreads } = useThreads();
  useAccent(useStyle(me.breathing_style).color);

  const rank = useRef(me.rank);
  useEffect(() => {
    rank.current = me.rank;
  }, [me.rank]);

  const onThread = useCallback((threadId: string) => goTo({ name: "chat", threadId }, { replace: true }), []);
  const onBlock = useCallback((block: Block) => {
    if (block.type !== "points" || block.delta === 0) return;
    const found = [`${block.delta > 0 ? "+" : "−"}${points(Math.abs(block.delta))}`];
    if (block.delta > 0 && block.rank !== rank.current) found.push(`You are now ${block.rank}!`);
    setToasts((before) => [...before, ...found.map((text) => ({ id: localId(), text }))]);
  }, []);
  const onTurnEnd = useCallback(() => {
    // The bar and the list are conveniences: when they cannot be refreshed they stay as they are.
    get<Me>("/me").then(onMe, () => undefined);
    refreshThreads();
  }, [onMe, refreshThreads]);
  const dropToast = useCallback((id: string) => setToasts((before) => before.filter((toast) => toast.id !== id)), []);

  async function leave() {
    await signOut().catch(() => undefined);
    goTo({ name: "chat", threadId: null }, { replace: true });
    onLeft();
  }

  function askFromArmoury(text: string) {
    goTo({ name: "chat", threadId: null });
    setQuestion({ text });
  }

  const closeMenu = () => setMenu(false);
  const side = (
    <>
      <ThreadList threads={threads} current={threadInPlace} now={listedAt} onPick={closeMenu} />
      <SlayerCard me={me} />
    </>
  );

  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#message"
        className="button button-strong absolute top-2 left-2 z-10 -translate-y-20 focus:translate-y-0"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("message")?.focus();
        }}
      >
        Go to the message box
      </a>
      <TopBar me={me} place={place} onMenu={() => setMenu(true)} onLeave={() => void leave()} />
      <div className="flex min-h-0 flex-1">
        <aside className="hidden w-72 shrink-0 flex-col gap-4 border-r border-line p-4 lg:flex">{side}</aside>
        <main className="flex min-h-0 min-w-0 flex-1 flex-col">
          <Shown when={place.name === "chat"}>
            <ChatPage
              me={me}
              threadId={keptThread}
              question={question}
              drawBlock={drawBlock}
              onThread={onThread}
              onBlock={onBlock}
              onTurnEnd={onTurnEnd}
            />
          </Shown>
          {place.name === "armoury" ? <ArmouryPage onAsk={askFromArmoury} /> : null}
        </main>
      </div>
      <Panel open={menu} onClose={closeMenu} title="Conversations" side="left">
        <div className="flex flex-1 flex-col gap-4">{side}</div>
      </Panel>
      <Toasts toasts={toasts} onDrop={dropToast} />
    </div>
  );
}

function Shown({ when, children }: { when: boolean; children: ReactNode }) {
  return (
    <div hidden={!when} className={when ? "flex min-h-0 flex-1 flex-col" : ""}>
      {children}
    </div>
  );
}

function useThreads() {
  const [state, setState] = useState<{ threads: ThreadSummary[] | null; listedAt: Date }>(() => ({
    threads: null,
    listedAt: new Date(),
  }));
  const refresh = useCallback(() => {
    listThreads().then(
      (threads) => setState({ threads, listedAt: new Date() }),
      () => undefined,
    );
  }, []);
  useEffect(refresh, [refresh]);
  return { ...state, refresh };
}
