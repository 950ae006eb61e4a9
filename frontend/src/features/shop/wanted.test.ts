import { describe, expect, it } from "vitest";
import { addressOf, EVERYTHING, narrowness, queryOf, wantedIn, type Wanted } from "@/features/shop/wanted";

const SPEARS: Wanted = {
  ...EVERYTHING,
  search: "heron",
  type: "spear",
  maxPrice: "400",
  maxWeight: "2.5",
  sort: "-price",
  page: 2,
};

describe("what is wanted", () => {
  it("survives the way into the address and back", () => {
    expect(wantedIn(addressOf(SPEARS))).toEqual(SPEARS);
    expect(addressOf(EVERYTHING).toString()).toBe("");
  });

  it("takes an address that makes no sense for everything", () => {
    expect(wantedIn(new URLSearchParams("sort=toString&page=-3"))).toEqual(EVERYTHING);
  });

  it("asks the API by its own names", () => {
    expect(Object.fromEntries(new URLSearchParams(queryOf(SPEARS)))).toEqual({
      q: "heron",
      type: "spear",
      max_price: "400",
      max_weight: "2.5",
      sort: "-price",
      page: "2",
      page_size: "24",
    });
  });

  it.each(["-1", "4e", "12.5", "  ", "99999999999"])("does not narrow by a price of %j", (maxPrice) => {
    expect(queryOf({ ...EVERYTHING, maxPrice })).not.toContain("max_price");
  });

  it("counts the filters that are set", () => {
    expect([EVERYTHING, SPEARS].map(narrowness)).toEqual([0, 3]);
  });
});
