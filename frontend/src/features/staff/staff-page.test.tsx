import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http, HttpResponse } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { StaffPage } from "@/features/staff/staff-page";
import { aBoard, aBook, aLibrary, aNight } from "@/test/staff-samples";
import { aSlayer } from "@/test/samples";
import { renderIn } from "@/test/render";
import { server } from "@/test/server";
import type { ModelBook, NightReport, QueueBoard } from "@/lib/types";

const KEEPER = aSlayer({ handle: "kagaya", role: "staff", timezone: "UTC" });

interface Answers {
  book?: ModelBook;
  board?: QueueBoard;
  report?: NightReport;
}

function answer({ book = aBook(), board = aBoard(), report = { night: null, unavailable: null } }: Answers = {}) {
  server.use(
    http.get("*/staff/models", () => HttpResponse.json(book)),
    http.get("*/staff/served", () => HttpResponse.json(book.served)),
    http.get("*/staff/queue", () => HttpResponse.json(board)),
    http.get("*/staff/report", () => HttpResponse.json(report)),
    http.get("*/staff/library", () => HttpResponse.json(aLibrary())),
    http.get("*/staff/actions", () => HttpResponse.json({ items: [] })),
  );
}

function open() {
  return { ...renderIn(<StaffPage />, { me: KEEPER }), user: userEvent.setup() };
}

beforeEach(() => answer());

describe("the door of the staff's room", () => {
  it("stays closed for a slayer, and nothing is asked of the API", () => {
    server.resetHandlers();
    renderIn(<StaffPage />, { me: aSlayer() });
    expect(screen.getByRole("heading", { name: "This door is for the staff" })).toBeTruthy();
  });
});

describe("the champion", () => {
  it("is rolled back after a yes that names both versions, and the page waits until it answers", async () => {
    const sent: unknown[] = [];
    let served = "2";
    const { user } = open();
    await screen.findByRole("heading", { name: "Version 2" });
    await user.click(screen.getByRole("button", { name: "Roll back to version 1" }));
    const dialog = screen.getByRole("dialog", { name: "Roll the champion back?" });
    expect(within(dialog).getByText("Version 2")).toBeTruthy();
    expect(within(dialog).getByText("Version 1")).toBeTruthy();
    expect(document.activeElement?.textContent).toBe("Leave it as it is");
    expect(sent).toEqual([]);

    const swapped = aBook({ champion: "1", previous: "2" });
    server.use(
      http.post("*/staff/models/rollback", async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ champion: "1", before: "2" });
      }),
      http.get("*/staff/models", () => HttpResponse.json(swapped)),
      http.get("*/staff/served", () => HttpResponse.json({ ...swapped.served, version: served })),
    );
    await user.click(within(dialog).getByRole("button", { name: "Roll back to version 1" }));
    await screen.findByText("Version 1 is the champion");
    expect(sent).toEqual([{ champion: "2" }]);
    expect(screen.getByText(/Version 2 still answers; version 1 is being fetched/)).toBeTruthy();
    served = "1";
    await screen.findByText("Version 1 answers here", undefined, { timeout: 3_000 });
  });

  it("that somebody else has changed meanwhile is left alone, and the page says so", async () => {
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Promote version 1" }));
    const detail = "Somebody was quicker: version 1 is the champion now. Look again before you decide.";
    server.use(
      http.post("*/staff/models/promote", () =>
        HttpResponse.json({ title: "Conflict", status: 409, detail }, { status: 409 }),
      ),
    );
    const dialog = screen.getByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "Promote version 1" }));
    expect((await within(dialog).findByRole("alert")).textContent).toBe(detail);
    expect(within(dialog).getByRole<HTMLButtonElement>("button", { name: "Promote version 1" }).disabled).toBe(true);
  });

  it("cannot become a version that the gate held back", async () => {
    open();
    await screen.findByText("Held");
    expect(screen.queryByRole("button", { name: "Promote version 3" })).toBeNull();
    expect(screen.getByText(/AUC fell by 0.01/)).toBeTruthy();
  });

  it("is not known while the registry is away, and what answers is told all the same", async () => {
    const unavailable = "The experiment store at mlflow cannot be reached.";
    answer({ book: { ...aBook(), items: [], champion: null, previous: null, unavailable } });
    open();
    expect((await screen.findByText(unavailable, { exact: false })).textContent).toContain("does not answer");
    expect(screen.getByText("Version 2 answers here")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Roll back/ })).toBeNull();
  });
});

describe("the night's report", () => {
  it("says that there was none yet", async () => {
    open();
    await screen.findByText(/No night has been reported yet/);
  });

  it("shows the verdict with what was not passed, the alerts, and each column with its limit", async () => {
    answer({ report: { night: aNight(), unavailable: null } });
    open();
    await screen.findByRole("heading", { name: "The challenger was held back" });
    expect(screen.getByText("AUC fell by 0.01; the limit is 0.001.", { exact: true })).toBeTruthy();
    expect(screen.getByText("level: large shift, PSI 0.310")).toBeTruthy();
    const bars = within(screen.getByRole("list", { name: "Population stability index by column" })).getAllByRole(
      "listitem",
    );
    expect(bars.map((bar) => bar.dataset.level)).toEqual(["large", "none"]);
    expect(bars[0]?.textContent).toContain("PSI 0.310, said from 0.100");

    expect(screen.getByRole("row", { name: "The challenger 0.612 ± 0.020 – 0.612 ± 0.020" })).toBeTruthy();
    expect(screen.getByRole("img", { name: "Predicted 60%, won 58%" })).toBeTruthy();
  });
});

describe("the queues", () => {
  it("warn when nobody works", async () => {
    answer({ board: { ...aBoard(), workers_alive: 0 } });
    open();
    await screen.findByText(/No worker gives a sign of life/);
  });

  it("put a failed job back at once, and take a waiting one out only after a yes", async () => {
    const asked: string[] = [];
    server.use(
      http.post("*/staff/jobs/:id/:what", ({ request }) => {
        asked.push(new URL(request.url).pathname);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Retry Retrain, job 7" }));
    await waitFor(() => expect(asked).toEqual(["/staff/jobs/7/retry"]));
    await user.click(screen.getByRole("button", { name: "Cancel Nightly sweep, job 8" }));
    expect(asked).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Yes, take it out" }));
    await waitFor(() => expect(asked).toEqual(["/staff/jobs/7/retry", "/staff/jobs/8/cancel"]));
  });
});

describe("the library", () => {
  it("names the files that the last ingestion refused, and why", async () => {
    const { user } = open();
    await user.click(await screen.findByText("1 file was refused"));
    expect(screen.getByText("bad.pdf")).toBeTruthy();
    expect(screen.getByText("It is no PDF.")).toBeTruthy();
  });
});
