import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { Recommendations } from "@/features/recommender/recommendations";
import { aRecommendation } from "@/test/samples";
import { renderIn } from "@/test/render";

const NAMES = ["Heron Spear", "Drizzle Bow", "Oak Kanabo", "Lantern Sai"];

function draw() {
  const ask = vi.fn<(message: string) => void>();
  const recommendations = NAMES.map((name, at) =>
    aRecommendation({ weapon_id: `w-${at}`, name, score: 0.9 - at / 10, price: 100 + at }),
  );
  const block = { type: "recommendations", model_version: "7", recommendations } as const;
  renderIn(<Recommendations block={{ ...block }} ask={ask} drawOrder={() => null} />);
  return { ask, user: userEvent.setup(), box: (name: string) => screen.getByLabelText(`Compare the ${name}`) };
}

describe("Recommendations", () => {
  it("asks why, and for a picture, by the weapon's name", async () => {
    const { ask, user } = draw();
    const card = within(screen.getByRole("article", { name: "Drizzle Bow" }));
    await user.click(card.getByRole("button", { name: "Why?" }));
    await user.click(card.getByRole("button", { name: "Draw me with it" }));
    expect(ask.mock.calls.flat()).toEqual(["Why do you recommend the Drizzle Bow?", "Draw me with the Drizzle Bow"]);
  });

  it("compares up to three and then offers no fourth", async () => {
    const { ask, user, box } = draw();
    await user.click(box("Heron Spear"));
    expect(screen.queryByRole("button", { name: /side by side/ })).toBeNull();
    await user.click(box("Drizzle Bow"));
    await user.click(box("Oak Kanabo"));
    expect(box("Lantern Sai")).toHaveProperty("disabled", true);
    await user.click(screen.getByRole("button", { name: "Compare 3 side by side" }));
    const table = within(screen.getByRole("table"));
    expect(table.getAllByRole("columnheader").map((cell) => cell.textContent)).toEqual(NAMES.slice(0, 3));
    await user.click(screen.getByRole("button", { name: "Ask the Coach to compare them" }));
    expect(ask).toHaveBeenCalledWith("Compare the Heron Spear, the Drizzle Bow and the Oak Kanabo");
  });
});
