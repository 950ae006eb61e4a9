// What the staff's routes answer, for tests.

import type { LibraryState, ModelBook, ModelOnRecord, Night, QueueBoard } from "@/lib/types";

function aModel(version: string, change: Partial<ModelOnRecord> = {}): ModelOnRecord {
  return {
    version,
    aliases: [],
    decision: "release",
    reason: "Not worse than the champion.",
    metrics: { per_slayer_auc: 0.718, regret_at_10: 0.0014, ndcg_at_10: 0.9976, ece: 0.0046 },
    trained_rows: 80_000,
    watermark: null,
    created_at: "2026-11-20T03:41:00Z",
    ...change,
  };
}

/** Version 2 leads, 1 was before it, 3 was held back. */
export function aBook({ champion = "2", previous = "1" } = {}): ModelBook {
  const aliases = (version: string) => [
    ...(version === champion ? ["champion"] : []),
    ...(version === previous ? ["previous"] : []),
  ];
  return {
    champion,
    previous,
    served: { version: "2", model_version: "v2-0badcafe", trouble: null },
    items: [
      aModel("3", { decision: "hold", reason: "AUC fell by 0.01; the limit is 0.001." }),
      aModel("2", { aliases: aliases("2") }),
      aModel("1", { aliases: aliases("1") }),
    ],
    unavailable: null,
  };
}

export function aBoard(): QueueBoard {
  const queue = { waiting: 0, scheduled: 0, running: 0, failed: 0, oldest_s: null };
  const job = { attempts: 1, scheduled_at: null, since: "2026-11-26T03:40:00Z" };
  return {
    queues: [
      { ...queue, queue: "default", waiting: 1, oldest_s: 75 },
      { ...queue, queue: "pictures" },
      { ...queue, queue: "plans" },
      { ...queue, queue: "long", failed: 1 },
    ],
    jobs: [
      { ...job, job_id: 7, queue: "long", task: "retrain", status: "failed", can_retry: true, can_cancel: false },
      {
        ...job,
        job_id: 8,
        queue: "default",
        task: "purge_sessions",
        status: "todo",
        can_retry: false,
        can_cancel: true,
      },
    ],
    pictures: { waiting: 0, painting: 0, failed_today: 0, seconds_each: 12.5 },
    workers_alive: 4,
    last_sign: "2026-11-26T10:00:00Z",
  };
}

export function aLibrary(): LibraryState {
  return {
    documents: 61,
    weapons: 53,
    passages: 1039,
    characters: 400_000,
    model: "all-MiniLM-L6-v2",
    generation: "0123456789abcdef",
    made_at: "2026-11-20T03:00:00Z",
    by_type: { guides: 8 },
    last_ingestion: {
      ended_at: "2026-11-26T03:00:00Z",
      seconds: 1.5,
      added: 1,
      changed: 0,
      unchanged: 60,
      removed: 0,
      passages_embedded: 12,
      refused: 1,
      refused_files: [{ source: "bad.pdf", reason: "It is no PDF." }],
    },
  };
}

export function aNight(): Night {
  const estimate = (value: number) => ({
    value,
    standard_error: 0.01,
    standard_error_by_design: 0.02,
    low: value - 0.04,
    high: value + 0.04,
  });
  const value = (dr: number) => ({
    ips: estimate(dr),
    snips: null,
    dr: estimate(dr),
    model_alone: dr,
    effective_rows: 120,
    effective_rows_by_design: 130,
    mean_weight: 1,
    mean_weight_z: 0,
    max_weight: 9,
    clipped: 0,
    unsupported: 0,
    moved: 0.1,
    seen: 30,
  });
  const shift = { wasserstein: 0.02, wasserstein_noise: 0.01, wasserstein_limit: 0.1, psi_noise: 0.01, psi_limit: 0.1 };
  return {
    written_at: "2026-11-26T03:45:00Z",
    verdict: {
      decision: "hold",
      comparison: "worse",
      reason: "Held.",
      model_sha256: "a",
      champion_sha256: "b",
      checks: [
        { name: "ece", passed: true, value: 0.01, limit: 0.03, text: "ECE 0.01 in 8 bins." },
        { name: "auc", passed: false, value: -0.01, limit: -0.001, text: "AUC fell by 0.01; the limit is 0.001." },
      ],
      slices: {},
    },
    off_policy: {
      state: "estimated",
      text: "Battles with the challenger's lists: 61.2% won.",
      places: 900,
      settled: 300,
      slayers: 80,
      trained_on: 0,
      drawn: null,
      inconsistent: 0,
      examined: [0.5, 0.4],
      values: { challenger: value(0.612), logged: value(0.6) },
      against: "logged",
      difference: estimate(0.012),
      alerts: [],
    },
    drift: {
      state: "compared",
      text: "Shifted: level.",
      since: "2026-11-12T00:00:00Z",
      reference: "real battles",
      reference_rows: 2000,
      reference_slayers: 200,
      current_rows: 900,
      current_slayers: 90,
      shifts: [
        { ...shift, name: "level", psi: 0.31, level: "large" },
        { ...shift, name: "price", psi: 0.02, level: "none" },
      ],
      calibration_text: "Predicted 60.0%, won 58.0%, on 300 settled places.",
      calibration: {
        rows: 300,
        predicted: 0.6,
        observed: 0.58,
        gap_limit: 0.05,
        ece: 0.02,
        ece_noise: 0.01,
        ece_limit: 0.05,
        bins: [
          [0.4, 0.42, 0.08, 100],
          [0.8, 0.75, 0.08, 200],
        ],
      },
      alerts: [{ subject: "level", level: "large", value: 0.31, limit: 0.1, reason: "level: large shift, PSI 0.310" }],
    },
    report: "# The night's report",
  };
}
