import { describe, expect, it } from "vitest";
import { destinationOf } from "@/lib/links";

const kind = (href: string) => destinationOf(href, "http://shop.test").kind;

describe("destinationOf", () => {
  it("keeps chapters and paths of the shop", () => {
    expect(["#drills", "/armoury", "/armoury/heron-spear#care"].map(kind)).toEqual(["ours", "ours", "ours"]);
  });

  it("takes every way to write another host for foreign", () => {
    const disguised = ["//evil.test", "/\\evil.test", "/\t/evil.test", "\\\\evil.test", "HTTPS://evil.test"];
    expect(disguised.map(kind)).toEqual(disguised.map(() => "foreign"));
    const named = destinationOf("https://shop.test@evil.test/x", "http://shop.test");
    expect(named.kind === "foreign" && named.url.host).toBe("evil.test");
  });

  it("spells out letters that only look like ours", () => {
    const disguised = destinationOf("https://sh\u043ep.test", "http://shop.test");
    expect(disguised.kind === "foreign" && disguised.url.host).toMatch(/^xn--/);
  });

  it("leads nowhere with what is no page", () => {
    const tricks = ["javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "mailto:a@b.c", "http://", "x"];
    expect([...tricks, ""].map(kind)).toEqual([...tricks, ""].map(() => "none"));
  });
});
