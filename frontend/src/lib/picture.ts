// What the page says of a picture: how far it is, where it comes from, and how to ask for it again with a change.

import { m } from "@/lib/messages";
import type { ImageState, ImageStatus } from "@/lib/types";

/** As the Artist is asked for a pose, by the pose's name. */
const POSES: Record<string, string> = {
  "standing calm": "standing calm",
  guard: "in a guard stance",
  "high strike": "striking from above",
  thrust: "thrusting forward",
  sweep: "in a low sweep",
  leaping: "leaping",
  kneeling: "kneeling",
  running: "running",
};

export function hasEnded(state: { status: ImageStatus }): boolean {
  return state.status === "done" || state.status === "failed" || state.status === "cancelled";
}

/** "Next in the queue", "Number 3 in the queue", "Step 5 of 18". */
export function progressOf(state: Pick<ImageState, "status" | "place" | "step" | "steps">): string {
  if (state.status === "queued") {
    if (state.place === null) return m.pictures.inQueue;
    return state.place === 1 ? m.pictures.nextInQueue : m.pictures.numberInQueue(state.place);
  }
  return state.step === 0 ? m.pictures.mixing : m.pictures.step(state.step, state.steps);
}

/** The beginning of a message that asks for the picture once more, to be gone on with. The seed keeps what is not changed. */
export function wishFor(state: Pick<ImageState, "weapon" | "scene" | "pose" | "seed">): string {
  const pose = state.pose ? (POSES[state.pose] ?? state.pose) : null;
  const parts = [`Draw me with the ${state.weapon.name}`, state.scene, pose, `seed ${state.seed}`];
  return `${parts.filter(Boolean).join(", ")}, but `;
}

/** "heron-spear-1234.png" */
export function fileName(state: Pick<ImageState, "weapon" | "seed">): string {
  return `${state.weapon.slug}-${state.seed}.png`;
}

/** Where a picture comes from, line by line. */
export function provenanceOf(state: ImageState): [string, string][] {
  const rows: [string, string | null][] = [
    [m.pictures.rows.weapon, state.weapon.name],
    [m.pictures.rows.scene, state.scene],
    [m.pictures.rows.pose, state.pose],
    [m.pictures.rows.prompt, state.prompt],
    [m.pictures.rows.negative, state.negative_prompt || null],
    [m.pictures.rows.seed, String(state.seed)],
    [m.pictures.rows.steps, String(state.steps)],
    [m.pictures.rows.guidance, String(state.guidance)],
    [m.pictures.rows.size, `${state.width} × ${state.height}`],
    [m.pictures.rows.checkpoint, state.checkpoint],
    [m.pictures.rows.hash, state.checkpoint_hash],
  ];
  return rows.filter((row): row is [string, string] => row[1] !== null);
}
