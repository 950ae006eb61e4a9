import { describe, expect, it } from "vitest";
import { fileName, hasEnded, progressOf, provenanceOf, wishFor } from "@/lib/picture";
import type { ImageState } from "@/lib/types";

const STATE: ImageState = {
  image_id: "i",
  status: "painting",
  place: null,
  step: 5,
  steps: 18,
  url: "/images/i",
  events: "/images/i/events",
  file: null,
  thumbnail: null,
  preview: "/images/i/preview?step=4",
  alt: "Sabine with Heron Spear",
  weapon: { id: "w", slug: "heron-spear", name: "Heron Spear" },
  scene: "at night in the snow",
  pose: "guard",
  prompt: "a demon slayer",
  negative_prompt: "",
  seed: 1234,
  guidance: 4,
  width: 256,
  height: 256,
  checkpoint: "hashira",
  checkpoint_hash: "ab12",
  created_at: "2026-07-01T10:00:00Z",
  finished_at: null,
  error: null,
};

describe("a picture in words", () => {
  it.each([
    [{ status: "queued", place: null }, "In the queue"],
    [{ status: "queued", place: 1 }, "Next in the queue"],
    [{ status: "queued", place: 3 }, "Number 3 in the queue"],
    [{ status: "painting", step: 0 }, "Mixing the colours"],
    [{ status: "painting", step: 5 }, "Step 5 of 18"],
  ] as const)("says how far it is: %j", (part, words) => expect(progressOf({ ...STATE, ...part })).toBe(words));

  it.each(["done", "failed", "cancelled"] as const)("has ended when %s", (status) =>
    expect(hasEnded({ status })).toBe(true),
  );

  it.each(["queued", "painting"] as const)("has not ended while %s", (status) =>
    expect(hasEnded({ status })).toBe(false),
  );

  it("is asked for again with its weapon, scene, pose and seed, ready for a change", () => {
    expect(wishFor(STATE)).toBe(
      "Draw me with the Heron Spear, at night in the snow, in a guard stance, seed 1234, but ",
    );
    expect(wishFor({ ...STATE, scene: null, pose: null })).toBe("Draw me with the Heron Spear, seed 1234, but ");
  });

  it("is kept under its weapon and seed", () => expect(fileName(STATE)).toBe("heron-spear-1234.png"));

  it("tells where it comes from and leaves out what it lacks", () => {
    const rows = Object.fromEntries(provenanceOf({ ...STATE, scene: null }));
    expect(rows).toMatchObject({ Seed: "1234", Steps: "18", Guidance: "4", "Checkpoint hash": "ab12" });
    expect(rows).not.toHaveProperty("Scene");
    expect(rows).not.toHaveProperty("Negative prompt");
  });
});
