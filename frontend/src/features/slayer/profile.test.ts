import { expect, it } from "vitest";
import { changesOf } from "@/features/slayer/profile";
import { aSlayer } from "@/test/samples";

it("tells the server only what differs", () => {
  const me = aSlayer();
  expect(changesOf(me, { ...me })).toEqual({});
  expect(changesOf(me, { ...me, level: 11, timezone: "Europe/Paris" })).toEqual({
    level: 11,
    timezone: "Europe/Paris",
  });
});
