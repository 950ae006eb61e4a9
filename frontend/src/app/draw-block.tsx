import { ImageBlock } from "@/features/chat/image-block";
import { NoticeBlock } from "@/features/chat/notice-block";
import type { DrawBlock } from "@/features/chat/chat-page";
import { RoutineBlock } from "@/features/chat/routine-block";
import { TableBlock } from "@/features/chat/table-block";
import { Recommendations } from "@/features/recommender/recommendations";
import { PointsBlock } from "@/features/slayer/points-block";

/** Which component draws which block. The union is closed: a new type is a compile error here. */
export const drawBlock: DrawBlock = (block, ask) => {
  switch (block.type) {
    case "recommendations":
      return <Recommendations block={block} ask={ask} />;
    case "points":
      return <PointsBlock block={block} />;
    case "routine":
      return <RoutineBlock block={block} />;
    case "table":
      return <TableBlock block={block} />;
    case "image":
      return <ImageBlock block={block} />;
    case "notice":
      return <NoticeBlock block={block} />;
  }
};
