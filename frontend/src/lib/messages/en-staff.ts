// What the staff's room says, in English. A catalogue of its own: it is fetched with the room, and slayers never need it.

const WHOLE = new Intl.NumberFormat("en");
const count = (n: number) => WHOLE.format(n);
const plural = (n: number, one: string, many: string) => `${count(n)} ${n === 1 ? one : many}`;

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** "40 s", "12 min", "3 h", "5 days": how long something has waited. */
const lasting = (seconds: number) => {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * MINUTE) return `${Math.round(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.round(seconds / HOUR)} h`;
  return plural(Math.round(seconds / DAY), "day", "days");
};

export const enStaff = {
  title: "Behind the counter",
  about: "The model that recommends, what the night has found, the library and the queues.",
  notStaffTitle: "This door is for the staff",
  notStaff:
    "You are a slayer like any other here. Whoever runs the shop can change that: hashira staff add, and your handle.",
  version: (version: string) => `Version ${version}`,
  model: {
    none: "No model is on record yet. The shop trains its first one when it is prepared.",
    noChampion: "No champion yet",
    champion: "Champion",
    previous: "Previous",
    served: (version: string) => `Version ${version} answers here`,
    servedNone: "No model answers here",
    swapping: (from: string, to: string) =>
      `Version ${from} still answers; version ${to} is being fetched and checked…`,
    swappingFirst: (to: string) => `Version ${to} is being fetched and checked…`,
    trouble: "What keeps it:",
    registered: "Registered",
    battles: "Battles",
    learned: (n: number) => `learned from ${plural(n, "battle", "battles")}`,
    ownBattles: (watermark: string) => `the shop’s own up to ${watermark}`,
    rollBack: (version: string) => `Roll back to version ${version}`,
    noPrevious: "There is no earlier champion to go back to.",
    history: "History",
    historyAbout:
      "Every model on record, the newest first. Each was measured on battles of its own night; the gate compares two models on the same battles.",
    promote: "Promote",
    promoteOne: (version: string) => `Promote version ${version}`,
    decision: { release: "Released", hold: "Held", unknown: "Made by hand" },
    unavailable: "The registry does not answer",
    serves: (version: string) => `Meanwhile version ${version} answers. Promotions wait until the registry is back.`,
    columns: {
      version: "Version",
      auc: "AUC per slayer",
      regret: "Regret@10",
      ndcg: "NDCG@10",
      ece: "Calibration error",
      action: "Action",
    },
    missing: "–",
  },
  change: {
    rollback: "Roll the champion back?",
    promote: "Change the champion?",
    now: "Champion now",
    then: "Champion then",
    fromNone: "None yet",
    what: "Running shops fetch it, check it and swap within seconds; no request is lost. It goes on record under your name.",
    yesRollback: (version: string) => `Roll back to version ${version}`,
    yesPromote: (version: string) => `Promote version ${version}`,
    no: "Leave it as it is",
    busy: "One moment…",
    done: (version: string) => `Version ${version} is the champion`,
  },
  report: {
    title: "The night’s report",
    none: "No night has been reported yet. The worker retrains every night; hashira retrain does so at once.",
    written: "Written",
    release: "The challenger was released",
    hold: "The challenger was held back",
    undecided: "The gate has not decided",
    checks: "What the gate asked for",
    passed: "Passed: ",
    failed: "Not passed: ",
    alerts: "Alerts",
    noAlerts: "Nothing to look at.",
    levels: { moderate: "Moderate", large: "Large" },
    drift: "Drift",
    driftBars: "Population stability index by column",
    driftLegend: "The mark on each bar is where a shift is said, chance included.",
    driftValue: (psi: string, limit: string) => `PSI ${psi}, said from ${limit}`,
    driftRows: (now: number, before: number) => `${plural(now, "battle", "battles")} against ${count(before)}`,
    driftLevels: { none: "steady", moderate: "moderate shift", large: "large shift" },
    offPolicy: "What its lists would have been worth",
    policy: "Lists of",
    policies: { logged: "As shown", challenger: "The challenger", champion: "The champion" } as Record<string, string>,
    estimators: { dr: "Doubly robust", snips: "SNIPS", ips: "IPS" },
    plusMinus: (value: string, error: string) => `${value} ± ${error}`,
    wins: "Share of battles won ± standard error.",
    calibration: "Did the scores come true?",
    calibrationPicture: (predicted: string, observed: string) => `Predicted ${predicted}, won ${observed}`,
    calibrationAxes: "Predicted from left to right, won from bottom to top; on the line, scores came true.",
    ece: (ece: string, limit: string) => `Calibration error ${ece}, said from ${limit}`,
  },
  library: {
    title: "The library",
    documents: "Documents",
    passages: "Passages",
    weapons: "Weapons with a manual",
    empty: "The library is empty. hashira ingest fills it.",
    generation: "Generation",
    made: "made",
    last: "Last ingestion",
    lastNone: "Nobody noted how the last ingestion ended.",
    counts: (added: number, changed: number, unchanged: number, removed: number) =>
      `${count(added)} added, ${count(changed)} changed, ${count(unchanged)} unchanged, ${count(removed)} removed`,
    embedded: (n: number, seconds: string) => `${plural(n, "passage", "passages")} embedded in ${seconds} s`,
    refused: (n: number) => `${plural(n, "file was", "files were")} refused`,
    refusedNone: "No file was refused.",
    refusedMore: (n: number) => `and ${count(n)} more`,
  },
  queue: {
    title: "The queues",
    workers: (n: number) => (n === 0 ? "Nobody works" : `${plural(n, "worker", "workers")} at work`),
    nobody: "No worker gives a sign of life. Jobs wait until one is started: hashira worker.",
    lastSign: "Last sign of life",
    queue: "Queue",
    waiting: "Waiting",
    scheduled: "Later",
    running: "Running",
    failed: "Failed",
    oldest: "Oldest",
    lasting,
    names: { default: "Chores", pictures: "Pictures", plans: "Training plans", long: "Retrain" } as Record<
      string,
      string
    >,
    tasks: { purge_sessions: "Nightly sweep", retrain: "Retrain", plan: "Training plan", paint: "Picture" } as Record<
      string,
      string
    >,
    pictures: (waiting: number, painting: number) =>
      `${plural(waiting, "picture waits", "pictures wait")}, ${count(painting)} on the easel`,
    pace: (seconds: string) => `${seconds} s each`,
    failedToday: (n: number) => `${count(n)} failed today`,
    jobs: "Jobs",
    jobsNone: "No job of the shop’s own waits, and none has failed.",
    job: (task: string, id: number) => `${task}, job ${id}`,
    status: { todo: "Waits", doing: "Runs", failed: "Failed" },
    scheduledFor: "for",
    since: "since",
    attempts: (n: number) => plural(n, "attempt", "attempts"),
    retry: "Retry",
    retryOne: (job: string) => `Retry ${job}`,
    cancel: "Cancel",
    cancelOne: (job: string) => `Cancel ${job}`,
    cancelSure: (job: string) => `Take “${job}” out of the queue?`,
    cancelYes: "Yes, take it out",
    retried: "Put back into the queue",
    cancelled: "Taken out of the queue",
  },
  actions: {
    title: "What the staff did",
    about: "On record for good.",
    none: "Nothing yet.",
    words: {
      promote: (subject: string) => `Promoted ${subject}`,
      rollback: (subject: string) => `Rolled back to ${subject}`,
      retry: (subject: string) => `Retried ${subject}`,
      cancel: (subject: string) => `Cancelled ${subject}`,
    },
    before: (before: string) => `from ${before}`,
    by: (handle: string) => `by ${handle}`,
    byGone: "by somebody who has left",
  },
};
