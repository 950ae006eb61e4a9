import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { ThreadList } from "@/features/chat/thread-list";
import { renderIn } from "@/test/render";
import { server } from "@/test/server";

function threads(...titles: string[]) {
  return {
    items: titles.map((title) => ({ thread_id: title, title, updated_at: "2026-01-01T00:00:00Z", excerpt: null })),
    next_before: null,
  };
}

function draw(current: string | null = null) {
  const onGone = vi.fn<() => void>();
  renderIn(<ThreadList current={current} onPick={() => undefined} onGone={onGone} />);
  return { user: userEvent.setup(), onGone };
}

describe("ThreadList", () => {
  it("looks for words in what was said, and says so when there is nothing", async () => {
    server.use(
      http.get("*/threads", ({ request }) => {
        const words = new URL(request.url).searchParams.get("q");
        return HttpResponse.json(words === null ? threads("Oiling the spear", "A blade") : threads());
      }),
    );
    const { user } = draw();
    await screen.findByText("A blade");
    await user.type(screen.getByRole("searchbox"), "kanabo");
    await screen.findByText("No conversation holds these words.");
  });

  it("gives a conversation another title", async () => {
    let title = "A blade";
    server.use(
      http.get("*/threads", () => HttpResponse.json(threads(title))),
      http.patch("*/threads/A%20blade", async ({ request }) => {
        title = ((await request.json()) as { title: string }).title;
        return HttpResponse.json({ thread_id: "A blade", title, updated_at: "2026-01-01T00:00:00Z" });
      }),
    );
    const { user } = draw();
    await user.click(await screen.findByRole("button", { name: "Rename “A blade”" }));
    await user.clear(screen.getByRole("textbox", { name: "Title" }));
    await user.type(screen.getByRole("textbox", { name: "Title" }), "The first blade{Enter}");
    await screen.findByRole("link", { name: /The first blade/ });
  });

  it("deletes only after a yes, tells when the open one is gone, and keeps it when the dojo says no", async () => {
    let kept = true;
    let refuse = true;
    server.use(
      http.get("*/threads", () => HttpResponse.json(kept ? threads("A blade") : threads())),
      http.delete("*/threads/A%20blade", () => {
        if (refuse) return HttpResponse.json({ title: "Conflict", detail: "It is being answered." }, { status: 409 });
        kept = false;
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user, onGone } = draw("A blade");
    await user.click(await screen.findByRole("button", { name: "Delete “A blade”" }));
    expect(kept).toBe(true);
    await user.click(screen.getByRole("button", { name: "Yes, delete it" }));
    await screen.findByText("It is being answered.");
    expect(onGone).not.toHaveBeenCalled();
    refuse = false;
    await user.click(screen.getByRole("button", { name: "Yes, delete it" }));
    await waitFor(() => expect(onGone).toHaveBeenCalledOnce());
    await screen.findByText("Your conversations will be kept here.");
    expect(within(screen.getByRole("navigation")).queryByText("A blade")).toBeNull();
  });
});
