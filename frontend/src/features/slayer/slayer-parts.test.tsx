import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { CheckIn } from "@/features/slayer/check-in";
import { MemoriesCard } from "@/features/slayer/memories-card";
import { ProfileForm } from "@/features/slayer/profile-form";
import { StreakCalendar } from "@/features/slayer/streak-calendar";
import { TrainingChart } from "@/features/slayer/training-chart";
import { aSlayer } from "@/test/samples";
import { renderIn } from "@/test/render";
import { server } from "@/test/server";
import type { Day } from "@/lib/types";

function day(date: string, change: Partial<Day> = {}): Day {
  return { day: date, minutes: 0, trainings: 0, battles: 0, login: false, ...change };
}

describe("the slayer's days", () => {
  const days = {
    today: "2026-11-26",
    items: [
      day("2026-08-01", { login: true, minutes: 600 }),
      day("2026-11-20", { minutes: 45 }),
      day("2026-11-25", { login: true }),
      day("2026-11-26", { login: true, minutes: 15 }),
    ],
  };

  it("are counted in the calendar's twelve weeks only", () => {
    renderIn(<StreakCalendar days={days} />);
    expect(screen.getByRole("img", { name: "2 days here in the last 12 weeks" })).toBeTruthy();
  });

  it("are added up in the chart's four weeks only", () => {
    renderIn(<TrainingChart days={days} />);
    expect(screen.getByRole("img", { name: "60 min on 2 days" })).toBeTruthy();
  });

  it("begin with a check-in whose name holds the day, so that it counts once", async () => {
    const sent: unknown[] = [];
    server.use(
      http.post("*/events", async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ points_awarded: 5, streak: 3 });
      }),
    );
    renderIn(<CheckIn today="2026-11-26" here={false} />);
    await userEvent.click(screen.getByRole("button", { name: /Check in/ }));
    await screen.findByText("Here today: 3 days in a row");
    expect(sent).toEqual([{ type: "login", event_id: "page-login-2026-11-26" }]);
  });
});

describe("MemoriesCard", () => {
  it("forgets one thing at once, and everything only after a yes", async () => {
    const gone: string[] = [];
    const memory = {
      memory_id: "m1",
      kind: "injury",
      text: "my left knee is bad",
      turn_id: null,
      thread_id: null,
      created_at: "2026-01-01T00:00:00Z",
      updated_at: "2026-01-01T00:00:00Z",
    };
    const forget = ({ request }: { request: Request }) => {
      gone.push(new URL(request.url).pathname);
      return new HttpResponse(null, { status: 204 });
    };
    server.use(
      http.get("*/me/memories", () => HttpResponse.json({ items: [memory] })),
      http.delete("*/me/memories", forget),
      http.delete("*/me/memories/m1", forget),
    );
    renderIn(<MemoriesCard />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Forget “my left knee is bad”" }));
    await waitFor(() => expect(gone).toEqual(["/me/memories/m1"]));
    await user.click(screen.getByRole("button", { name: "Forget everything" }));
    expect(gone).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Yes, forget it all" }));
    await waitFor(() => expect(gone).toEqual(["/me/memories/m1", "/me/memories"]));
  });
});

describe("ProfileForm", () => {
  it("sends what was changed, and puts a complaint beside its field", async () => {
    const sent: unknown[] = [];
    server.use(
      http.patch("*/me", async ({ request }) => {
        sent.push(await request.json());
        if (sent.length > 1) return HttpResponse.json(aSlayer({ name: "Kaede" }));
        const errors = [{ field: "body.name", message: "is too long" }];
        return HttpResponse.json({ title: "Unprocessable", detail: "No.", errors }, { status: 422 });
      }),
    );
    const onDone = vi.fn<() => void>();
    const { client } = renderIn(<ProfileForm me={aSlayer()} onDone={onDone} />);
    const user = userEvent.setup();
    const name = screen.getByRole("textbox", { name: "Slayer name" });
    await user.clear(name);
    await user.type(name, "Kaede");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("Is too long");
    expect(onDone).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent).toEqual([{ name: "Kaede" }, { name: "Kaede" }]);
    expect(client.getQueryData(["me"])).toMatchObject({ name: "Kaede" });
  });
});
