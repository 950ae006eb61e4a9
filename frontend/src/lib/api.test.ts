import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, send, setCsrfToken } from "@/lib/api";

function answerWith(response: Response) {
  const fetched = vi.fn<(path: string, request: RequestInit) => Promise<Response>>().mockResolvedValue(response);
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

describe("send", () => {
  afterEach(() => {
    setCsrfToken(null);
    vi.unstubAllGlobals();
  });

  it.each([
    ["GET", undefined],
    ["POST", "t0ken"],
    ["PATCH", "t0ken"],
    ["DELETE", "t0ken"],
  ] as const)("%s carries the CSRF token only when it writes", async (method, token) => {
    setCsrfToken("t0ken");
    const fetched = answerWith(new Response(null, { status: 204 }));
    await send(method, "/me");
    const headers = fetched.mock.calls[0]?.[1].headers as Record<string, string>;
    expect(headers["X-CSRF-Token"]).toBe(token);
  });

  it("throws the problem's own words and complaints", async () => {
    const problem = { title: "Conflict", detail: "Sold out.", errors: [{ field: "body.price", message: "changed" }] };
    answerWith(Response.json(problem, { status: 409, headers: { "content-type": "application/problem+json" } }));
    const refusal = await send("POST", "/orders").catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiError);
    expect(refusal).toMatchObject({ status: 409, message: "Sold out.", fields: { price: "Changed" } });
  });
});
