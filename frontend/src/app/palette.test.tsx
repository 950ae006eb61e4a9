import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Palette } from "@/app/palette";
import { themeNow } from "@/lib/theme";
import { aSlayer, aWeapon } from "@/test/samples";
import { renderIn } from "@/test/render";
import { server } from "@/test/server";

beforeEach(() => {
  server.use(
    http.get("*/threads", () => HttpResponse.json({ items: [], next_before: null })),
    http.get("*/weapons", ({ request }) => {
      const found = new URL(request.url).searchParams.get("q") === "heron" ? [aWeapon()] : [];
      return HttpResponse.json({ items: found, page: 1, page_size: 5, total: found.length });
    }),
  );
});

function open() {
  const onAsk = vi.fn<(message: string) => void>();
  const view = renderIn(<Palette onClose={() => undefined} onAsk={onAsk} onLeave={() => undefined} />);
  return { ...view, onAsk, user: userEvent.setup(), field: screen.getByRole("combobox") };
}

describe("Palette", () => {
  it("goes to a room by keyboard alone", async () => {
    const { user, field, at } = open();
    await user.type(field, "rank{Enter}");
    expect(at()).toBe("/ranking");
  });

  it("finds a weapon and marks what Enter would do", async () => {
    const { user, field, at } = open();
    await user.type(field, "heron");
    const found = await screen.findByRole("option", { name: "Heron Spear" });
    expect(field.getAttribute("aria-activedescendant")).toBe(found.id);
    await user.type(field, "{Enter}");
    expect(at()).toBe("/armoury/heron-spear");
  });

  it("asks the dojo what is the name of nothing", async () => {
    const { user, field, onAsk } = open();
    await user.type(field, "which oil for a kanabo?{Enter}");
    expect(onAsk).toHaveBeenCalledWith("which oil for a kanabo?");
  });

  it("knows the staff's room for the staff alone", () => {
    open();
    expect(screen.queryByRole("option", { name: "Staff" })).toBeNull();
    cleanup();
    renderIn(<Palette onClose={() => undefined} onAsk={() => undefined} onLeave={() => undefined} />, {
      me: aSlayer({ role: "staff" }),
    });
    expect(screen.getByRole("option", { name: "Staff" })).toBeTruthy();
  });

  it("changes the theme, which this browser keeps", async () => {
    const { user, field } = open();
    await user.type(field, "theme: dark{Enter}");
    expect([themeNow(), localStorage.getItem("hashira.theme")]).toEqual(["dark", "dark"]);
    await user.clear(field);
    await user.type(field, "theme: as{Enter}");
    expect([themeNow(), localStorage.getItem("hashira.theme")]).toEqual(["system", null]);
  });
});
