import { describe, expect, it } from "vitest";
import { hashOf, placeOf, type Place } from "@/lib/use-hash";

describe("places", () => {
  it.each<Place>([
    { name: "armoury" },
    { name: "gallery" },
    { name: "chat", threadId: null },
    { name: "chat", threadId: "a b/c" },
  ])("survives the way into the address and back: %j", (place) => expect(placeOf(hashOf(place))).toEqual(place));

  it.each(["", "#", "#/", "#/nowhere", "#/t/", "#/t/a/b"])("takes %j as a new conversation", (hash) => {
    expect(placeOf(hash)).toEqual({ name: "chat", threadId: null });
  });
});
