// What the API says, as the page reads it: names for the generated types (schema.ts), and no shapes of our own, but for
// what the API keeps as plain JSON (the blocks of a stored answer).

import type { components } from "@/lib/schema";

type Schemas = components["schemas"];

export type BreathingStyle = Schemas["StyleView"];
export type Shop = Schemas["ShopInfo"];
export type Weapon = Schemas["WeaponView"];
export type WeaponPage = Schemas["WeaponPage"];
export type Manual = Schemas["Manual"];
export type Me = Schemas["Me"];
export type ProfileChange = Schemas["ProfileChange"];
export type DayList = Schemas["DayList"];
export type Day = Schemas["Day"];
export type Memory = Schemas["MemoryView"];
export type MemoryList = Schemas["MemoryList"];
export type Problem = Pick<Schemas["Problem"], "title" | "status"> & Partial<Schemas["Problem"]>;

/** Answers on record from before anything was tried out have neither `explored` nor a version. */
export type Recommendation = Omit<Schemas["Recommendation"], "explored" | "model_version"> &
  Partial<Pick<Schemas["Recommendation"], "explored" | "model_version">>;

export type Feat = Schemas["FeatView"];
export type EarnedFeat = Schemas["EarnedFeat"];
export type Achievements = Schemas["FeatList"];
export type LedgerEntry = Schemas["LedgerLine"];
export type LedgerPage = Schemas["LedgerPage"];
export type PlacedOrder = Schemas["OrderView"];
export type OrderPage = Schemas["OrderPage"];
export type Leaderboard = Schemas["BoardView"];
export type LeaderboardRow = Schemas["PlaceView"];
export type LeaderboardWindow = Leaderboard["window"];

export type Citation = Omit<Schemas["Citation"], "weapon"> & Partial<Pick<Schemas["Citation"], "weapon">>;
export type RecommendationsBlock = Omit<Schemas["RecommendationsBlock"], "recommendations" | "model_version"> & {
  recommendations: Recommendation[];
  model_version: string | null;
};
export type PointsBlock = Schemas["PointsBlock"];
export type RoutineBlock = Schemas["RoutineBlock"];
export type TableBlock = Schemas["TableBlock"];
/** Answers on record from before a picture could be watched have none of what came with it. */
type Told = "events" | "weapon" | "scene" | "seed";
export type ImageBlock = Omit<Schemas["ImageBlock"], Told> & Partial<Pick<Schemas["ImageBlock"], Told>>;
export type ImageStatus = ImageBlock["status"];
/** What GET /images/{id} and its stream say: how a picture goes, and where it comes from. */
export type ImageState = Schemas["ImageState"];
export type ImagePage = Schemas["ImagePage"];
export type PlanBlock = Schemas["PlanBlock"];
export type PlannedWeek = Schemas["PlannedWeek"];
export type TrainingPlan = Schemas["TrainingPlanDocument"];
/** What GET /coach/plans/{id} says, as far as the page reads it. */
export type PlanState = Pick<Schemas["PlanState"], "status" | "stage" | "progress" | "engine" | "error" | "plan">;
export type NoticeBlock = Schemas["NoticeBlock"];
export type OrderBlock = Schemas["OrderBlock"];
export type AchievementBlock = Schemas["AchievementBlock"];
export type RankUpBlock = Schemas["RankUpBlock"];
export type BadgesBlock = Schemas["BadgesBlock"];
export type LedgerBlock = Schemas["LedgerBlock"];
export type ApprovalBlock = Schemas["ApprovalBlock"];
/** The closed union of blocks, told apart by `type`. */
export type Block =
  | Exclude<Schemas["Block"], Schemas["RecommendationsBlock"] | Schemas["ImageBlock"]>
  | RecommendationsBlock
  | ImageBlock;

export type Specialist = Schemas["RouteEvent"]["route"][number];
/** The slayer's answer to an approval. */
export type Resume = Schemas["ResumeRequest"];
export type Answer = Omit<Schemas["DoneEvent"], "blocks" | "citations" | "engine"> & {
  blocks: Block[];
  citations: Citation[];
  engine: string;
};

export type Feedback = Schemas["FeedbackView"];
export type Rating = Feedback["rating"];

export type StoredTurn = Omit<Schemas["TurnView"], "blocks" | "citations" | "route" | "feedback"> & {
  blocks: Block[];
  citations: Citation[];
  route: Specialist[];
  feedback: Feedback | null;
};
export type Thread = Omit<Schemas["ThreadDetail"], "turns"> & { turns: StoredTurn[] };
export type ThreadSummary = Schemas["FoundThread"];
export type ThreadPage = Schemas["ThreadPage"];

export type Trace = Schemas["Trace"];
export type TraceHit = Schemas["TraceHit"];
export type TraceSearch = Schemas["TraceSearch"];
/** A passage that the answer cites, under its number. */
export type TraceUse = Schemas["TraceUse"];

/** What the conversation hears of a turn. */
export type ChatEvent =
  | { kind: "route"; data: Schemas["RouteEvent"] }
  | { kind: "status"; data: Schemas["StatusEvent"] }
  | { kind: "text"; data: { delta: string } }
  | { kind: "block"; data: Block }
  | { kind: "citation"; data: Citation }
  | { kind: "approval"; data: ApprovalBlock }
  | { kind: "done"; data: Answer }
  | { kind: "error"; data: Problem }
  /** What was heard is not how the answer goes; it is to be read anew. */
  | { kind: "restated" };

/** What GET /staff/… says, for the staff's room. */
export type ModelBook = Schemas["ModelBook"];
export type ModelOnRecord = Schemas["ModelOnRecord"];
export type ServedModel = Schemas["ServedModel"];
export type ModelChange = Schemas["ModelChange"];
/** The night's findings leave nothing out, though their fields have values for a night without any. */
export type Night = Omit<Schemas["NightView"], "drift" | "off_policy"> & {
  drift: Required<Schemas["Drift"]>;
  off_policy: Required<Schemas["OffPolicy"]>;
};
export type NightReport = Omit<Schemas["NightReport"], "night"> & { night: Night | null };
export type LibraryState = Schemas["LibraryState"];
export type QueueBoard = Schemas["QueueBoard"];
export type QueuedJob = Schemas["JobView"];
export type StaffActions = Schemas["StaffActions"];
