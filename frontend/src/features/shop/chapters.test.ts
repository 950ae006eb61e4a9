import { expect, it } from "vitest";
import { chaptersOf } from "@/features/shop/chapters";

it("makes a manual of its passages again", () => {
  const sections = [
    { heading: "Overview", text: "One." },
    { heading: "Overview", text: "Two." },
    { heading: "Drills > Sunrise breath", text: "1. Raise." },
    { heading: "Drills > Twelve spokes", text: "1. Cut." },
    { heading: "Care > Oil > When", text: "Weekly." },
  ];
  expect(chaptersOf(sections)).toEqual([
    { name: "Overview", anchor: "overview", parts: [{ name: null, text: "One.\n\nTwo." }] },
    {
      name: "Drills",
      anchor: "drills",
      parts: [
        { name: "Sunrise breath", text: "1. Raise." },
        { name: "Twelve spokes", text: "1. Cut." },
      ],
    },
    { name: "Care", anchor: "care", parts: [{ name: "Oil: When", text: "Weekly." }] },
  ]);
});
