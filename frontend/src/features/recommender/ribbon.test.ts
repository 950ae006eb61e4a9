import { expect, test } from "vitest";
import { ribbonOf } from "./ribbon";

test("the first is the best match and the others say nothing", () => {
  expect([0, 1, 2].map((index) => ribbonOf({ explored: false }, index))).toEqual(["Best match", undefined, undefined]);
});

test("a weapon that is tried out says so wherever it stands, and is never the best match", () => {
  expect([0, 2].map((index) => ribbonOf({ explored: true }, index))).toEqual(["Being tried out", "Being tried out"]);
});

test("an answer on record from before anything was tried out reads as it did", () => {
  expect(ribbonOf({}, 0)).toBe("Best match");
});
