import { describe, expect, it } from "vitest";
import { remarkCitations, split } from "@/components/remark-citations";

const shape = (text: string) =>
  split(text).map((node) => (node.type === "citation" ? Number(node.children?.[0]?.value) : node.value));

describe("split", () => {
  it("cuts markers out of running text", () => {
    expect(shape("Oil it [1] weekly [2][3].")).toEqual(["Oil it", 1, " weekly", 2, 3, "."]);
  });

  it("leaves other brackets alone", () => {
    expect(shape("[x] and [1a] and [] and 1]")).toEqual(["[x] and [1a] and [] and 1]"]);
  });

  it("takes a text that is only a marker", () => {
    expect(shape("[12]")).toEqual([12]);
  });
});

describe("remarkCitations", () => {
  it("marks inside paragraphs and lists but not in links", () => {
    const tree = {
      type: "root",
      children: [
        { type: "paragraph", children: [{ type: "strong", children: [{ type: "text", value: "a [1]" }] }] },
        { type: "link", children: [{ type: "text", value: "b [2]" }] },
      ],
    };
    remarkCitations()(tree);
    expect(JSON.stringify(tree)).toContain('"hName":"cite"');
    expect(JSON.stringify(tree)).toContain("b [2]");
  });
});
