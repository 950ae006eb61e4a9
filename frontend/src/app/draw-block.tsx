import type { ReactNode } from "react";
import { ApprovalBlock } from "@/features/chat/approval-block";
import type { BlockTools } from "@/features/chat/chat-page";
import { ImageBlock } from "@/features/chat/image-block";
import { NoticeBlock } from "@/features/chat/notice-block";
import { PlanBlock } from "@/features/chat/plan-block";
import { RoutineBlock } from "@/features/chat/routine-block";
import { TableBlock } from "@/features/chat/table-block";
import { Recommendations } from "@/features/recommender/recommendations";
import { OrderBlock } from "@/features/shop/order-block";
import { OrderButton } from "@/features/shop/order-button";
import { AchievementBlock } from "@/features/slayer/achievement-block";
import { BadgesBlock } from "@/features/slayer/badges-block";
import { LedgerBlock } from "@/features/slayer/ledger-block";
import { PointsBlock } from "@/features/slayer/points-block";
import { RankUpBlock } from "@/features/slayer/rank-up-block";
import type { Block } from "@/lib/types";

/** Which component draws which block. The union is closed: a new type is a compile error here. */
export function drawBlock(block: Block, tools: BlockTools): ReactNode {
  switch (block.type) {
    case "recommendations":
      return <Recommendations block={block} ask={tools.ask} drawOrder={(weapon) => <OrderButton weapon={weapon} />} />;
    case "points":
      return <PointsBlock block={block} />;
    case "routine":
      return <RoutineBlock block={block} />;
    case "table":
      return <TableBlock block={block} />;
    case "image":
      return <ImageBlock block={block} tools={tools} />;
    case "plan":
      return <PlanBlock block={block} />;
    case "notice":
      return <NoticeBlock block={block} />;
    case "approval":
      return <ApprovalBlock block={block} tools={tools} />;
    case "order":
      return <OrderBlock block={block} />;
    case "achievement":
      return <AchievementBlock block={block} />;
    case "rank_up":
      return <RankUpBlock block={block} />;
    case "badges":
      return <BadgesBlock block={block} />;
    case "ledger":
      return <LedgerBlock block={block} />;
  }
}
