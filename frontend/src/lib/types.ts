// What the API says, as the page reads it. The wire contract of the blocks is a closed union by `type`.

export type Specialist = "coach" | "recommender" | "artist" | "quartermaster";

export interface BreathingStyle {
  name: string;
  emblem: string;
  color: string;
  temper: string;
}

export interface Shop {
  styles: BreathingStyle[];
  weapon_types: string[];
  rarities: string[];
  demo: boolean;
  engine: string;
  image_model: boolean;
}

export interface Weapon {
  weapon_id: string;
  slug: string;
  name: string;
  weapon_type: string;
  weight: number;
  sharpness: number;
  price: number;
  rarity: string;
  stock: number;
  styles: string[];
  picture: string;
}

export interface Recommendation extends Weapon {
  score: number;
  reasons: string[];
  /** Whether it is shown to learn more about it. Answers on record from before there was any have neither this nor a version. */
  explored?: boolean;
  model_version?: string;
}

export interface Me {
  slayer_id: string;
  handle: string;
  name: string;
  breathing_style: string;
  level: number;
  strength: number;
  dexterity: number;
  stamina: number;
  timezone: string;
  nichirin_points: number;
  rank: string;
  next_rank: string | null;
  points_to_next: number | null;
  streak: number;
  owned_weapons: Weapon[];
  /** Whether the leaderboard may tell the others who this is. */
  show_name: boolean;
}

/** Something to be proud of, earned once. */
export interface Feat {
  feat: string;
  name: string;
  text: string;
}

export interface EarnedFeat extends Feat {
  earned_at: string;
}

export interface Achievements {
  earned: EarnedFeat[];
  open: Feat[];
}

export interface LedgerEntry {
  points: number;
  reason: string;
  recorded_at: string;
  /** What the slayer had after it. */
  balance: number;
}

export interface LedgerPage {
  items: (LedgerEntry & { id: number; event_id: string | null })[];
  next_before: number | null;
}

export interface Order {
  order_id: string;
  weapon: Weapon;
  price: number;
  ordered_at: string;
}

/** What POST /orders says; `replayed` when the same key had ordered it before. */
export interface PlacedOrder extends Order {
  order_key: string;
  replayed: boolean;
}

export type LeaderboardWindow = "week" | "all";

export interface LeaderboardRow {
  place: number;
  /** null: a slayer who would rather not be named. */
  name: string | null;
  rank: string;
  points: number;
  you: boolean;
}

export interface Leaderboard {
  window: LeaderboardWindow;
  since: string | null;
  items: LeaderboardRow[];
  you: LeaderboardRow | null;
}

export interface Citation {
  n: number;
  source: string;
  section: string;
  text: string;
  weapon?: string | null;
}

export interface RecommendationsBlock {
  type: "recommendations";
  model_version: string | null;
  recommendations: Recommendation[];
}

export interface PointsBlock {
  type: "points";
  nichirin_points: number;
  rank: string;
  next_rank: string | null;
  points_to_next: number | null;
  streak: number;
  delta: number;
}

export interface Drill {
  name: string;
  minutes: number;
  focus: string;
  steps: string[];
  source: string;
}

export interface RoutineBlock {
  type: "routine";
  title: string;
  minutes: number;
  weapon: string | null;
  drills: Drill[];
}

export interface TableBlock {
  type: "table";
  title: string;
  columns: string[];
  rows: (string | number | null)[][];
}

export type ImageStatus = "queued" | "painting" | "done" | "failed" | "cancelled";

export interface ImageBlock {
  type: "image";
  image_id: string;
  url: string;
  status: ImageStatus;
  alt: string;
  /** The stream that tells how it goes. Answers on record from before there was one have none, nor what follows. */
  events?: string | null;
  weapon?: string | null;
  scene?: string | null;
  seed?: number | null;
}

/** What GET /images/{id} and its stream say: how a picture goes, and where it comes from. */
export interface ImageState {
  image_id: string;
  status: ImageStatus;
  /** Place in the queue, from 1; null unless it waits there. */
  place: number | null;
  step: number;
  steps: number;
  url: string;
  events: string;
  file: string | null;
  thumbnail: string | null;
  /** The frame so far, under another address each time. */
  preview: string | null;
  alt: string;
  weapon: { id: string; slug: string; name: string };
  scene: string | null;
  pose: string | null;
  prompt: string;
  negative_prompt: string;
  seed: number;
  guidance: number;
  width: number;
  height: number;
  checkpoint: string;
  checkpoint_hash: string;
  created_at: string;
  finished_at: string | null;
  error: string | null;
}

/** A page of the slayer's pictures, the latest first; `next` is `before` of the page after it. */
export interface ImagePage {
  items: ImageState[];
  next: string | null;
}

export type PlanStatus = "queued" | "writing" | "done" | "failed" | "cancelled";

/** A training plan of several weeks; GET /coach/plans/{id} says how it goes. */
export interface PlanBlock {
  type: "plan";
  plan_id: string;
  url: string;
  status: PlanStatus;
  weeks: number;
  title: string;
}

export interface PlannedDrill {
  name: string;
  minutes: number;
  source: string;
  section: string;
  note: string;
}

export interface CareTask {
  when: string;
  do: string;
  source: string;
  section: string;
}

export interface PlannedWeek {
  number: number;
  focus: string;
  lighter: boolean;
  days: { day: number; minutes: number; drills: PlannedDrill[] }[];
  care: CareTask[];
}

export interface TrainingPlan {
  title: string;
  weapon: string | null;
  weeks: PlannedWeek[];
  notes: string[];
  sources: Citation[];
}

/** What GET /coach/plans/{id} says, as far as the page reads it. */
export interface PlanState {
  status: PlanStatus;
  stage: string;
  progress: number;
  engine: "embedded" | "mixed" | "llm" | null;
  error: string | null;
  plan: TrainingPlan | null;
}

export interface NoticeBlock {
  type: "notice";
  level: "info" | "warning";
  text: string;
}

export interface OrderBlock extends Order {
  type: "order";
}

export interface AchievementBlock extends Feat {
  type: "achievement";
}

export interface RankUpBlock {
  type: "rank_up";
  rank: string;
  previous: string;
}

export interface BadgesBlock extends Achievements {
  type: "badges";
}

export interface LedgerBlock {
  type: "ledger";
  entries: LedgerEntry[];
}

/** A question that the dojo waits for an answer to. It comes as an event of its own and as a block of the turn. */
export interface ApprovalBlock {
  type: "approval";
  approval_id: string;
  question: string;
  weapon: Weapon;
  price: number;
}

/** The slayer's answer to an approval. */
export interface Resume {
  approval_id: string;
  approved: boolean;
}

export type Block =
  | RecommendationsBlock
  | PointsBlock
  | RoutineBlock
  | TableBlock
  | ImageBlock
  | PlanBlock
  | NoticeBlock
  | OrderBlock
  | AchievementBlock
  | RankUpBlock
  | BadgesBlock
  | LedgerBlock
  | ApprovalBlock;

export interface Answer {
  thread_id: string;
  turn_id: string;
  reply: string;
  route: Specialist[];
  citations: Citation[];
  blocks: Block[];
  engine: string;
  approval: ApprovalBlock | null;
}

export type Rating = "up" | "down";

/** What the slayer thinks of an answer. */
export interface Feedback {
  turn_id: string;
  rating: Rating;
  comment: string | null;
  given_at: string;
}

export interface StoredTurn extends Omit<Answer, "thread_id" | "approval"> {
  message: string;
  created_at: string;
  feedback: Feedback | null;
}

/** A passage that a search found, and its places in the rankings by meaning and by words. */
export interface TraceHit {
  source: string;
  section: string;
  dense_rank: number | null;
  lexical_rank: number | null;
  similarity: number | null;
}

export interface TraceSearch {
  query: string;
  weapon: string | null;
  section: string | null;
  hits: TraceHit[];
}

/** A passage that the answer cites, under its number. */
export interface TraceUse {
  n: number;
  source: string;
  section: string;
}

/** How an answer of the Coach came about. */
export interface Trace {
  /** As it was understood. */
  question: string;
  /** In the slayer's words. */
  asked: string;
  intent: string | null;
  weapon: string | null;
  engine: string;
  found: boolean;
  why: string;
  searches: TraceSearch[];
  used: TraceUse[];
  /** Sentences that were held back. */
  dropped: string[];
}

export interface Thread {
  thread_id: string;
  title: string;
  turns: StoredTurn[];
  /** The approval that still waits for an answer. */
  approval_id: string | null;
}

export interface ThreadSummary {
  thread_id: string;
  title: string;
  updated_at: string;
}

export interface Problem {
  title: string;
  status: number;
  detail?: string | null;
  errors?: { field: string; message: string }[] | null;
  correlation_id?: string | null;
}

export type ChatEvent =
  | { kind: "route"; data: { thread_id: string; turn_id: string; route: Specialist[] } }
  | { kind: "status"; data: { specialist: Specialist | null; text: string } }
  | { kind: "text"; data: { specialist: Specialist | null; delta: string } }
  | { kind: "block"; data: Block }
  | { kind: "citation"; data: Citation }
  | { kind: "approval"; data: ApprovalBlock }
  | { kind: "done"; data: Answer }
  | { kind: "error"; data: Problem };
