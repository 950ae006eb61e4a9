import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { Markdown } from "@/components/markdown";

const POISON = [
  "![seal](https://evil.test/a.png) ![ref][s] <img src=https://evil.test/b.png onerror=alert(1)>",
  "<script>alert(1)</script><svg onload=alert(1)></svg><!-- hidden --><iframe src=//evil.test></iframe>",
  "[script](javascript:alert(1)) [data](data:text/html,x) [claim](https://evil.test/claim) <https://evil.test/auto>",
  "www.evil.test and [home](/armoury)",
  "",
  "[s]: https://evil.test/c.png",
].join("\n\n");

describe("Markdown of a text that nobody can answer for", () => {
  it("holds no image, no raw HTML, and no link that leaves by itself", () => {
    const { container } = render(<Markdown text={POISON} />);
    expect(container.querySelectorAll("img, script, svg, iframe, style, object, form")).toHaveLength(0);
    const links = [...container.querySelectorAll("a")].map((link) => link.getAttribute("href"));
    expect(links).toEqual(["/armoury"]);
  });

  it("warns before a foreign link, and names the place", async () => {
    const user = userEvent.setup();
    render(<Markdown text="[your prize at HashiraMart](https://evil.test/claim?x=1)" />);
    await user.click(screen.getByRole("button", { name: /your prize/ }));
    const dialog = screen.getByRole("dialog", { name: "This link leaves HashiraMart" });
    const go = within(dialog).getByRole("link", { name: "Go to evil.test" });
    expect(go.getAttribute("href")).toBe("https://evil.test/claim?x=1");
    expect(go.getAttribute("rel")).toContain("noopener");
    await user.click(within(dialog).getByRole("button", { name: "Stay here" }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
