// One door to the API: same origin, the session cookie, the CSRF token on every writing request, problem+json as errors.

import { m } from "@/lib/messages";
import type { Problem } from "@/lib/types";

/** The API said no, or could not be reached (`status` 0). `fields` holds its complaints by field name. */
export class ApiError extends Error {
  readonly status: number;
  readonly fields: Record<string, string>;
  readonly correlationId: string | null;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.status = problem.status;
    this.correlationId = problem.correlation_id ?? null;
    this.fields = Object.fromEntries(
      (problem.errors ?? []).map((error) => [lastName(error.field), sentence(error.message)]),
    );
  }
}

export const UNREACHABLE: Problem = {
  title: m.errors.unreachable,
  status: 0,
};

interface Session {
  csrf: string | null;
  onExpired: () => void;
}

const session: Session = { csrf: null, onExpired: () => undefined };

/** The token to send back with every writing request; null when signed out. */
export function setCsrfToken(token: string | null): void {
  session.csrf = token;
}

/** What to do when the API says that the session has ended; gives the way to take that back. */
export function onSessionExpired(handler: () => void): () => void {
  session.onExpired = handler;
  return () => {
    session.onExpired = () => undefined;
  };
}

interface Options {
  body?: unknown;
  signal?: AbortSignal | undefined;
  accept?: string;
  /** How far a stream was heard before it broke off; empty where nothing was. */
  lastEventId?: string;
  /** Set for requests that are allowed to be refused for want of a session (signing in, asking who I am). */
  anonymous?: boolean;
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Sends a request and gives the raw response. Throws ApiError unless it succeeded, AbortError when `signal` fired. */
export async function send(method: Method, path: string, options: Options = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: options.accept ?? "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.lastEventId) headers["Last-Event-ID"] = options.lastEventId;
  if (method !== "GET" && session.csrf) headers["X-CSRF-Token"] = session.csrf;
  const request: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.body !== undefined) request.body = JSON.stringify(options.body);
  if (options.signal) request.signal = options.signal;
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (isAbort(error)) throw error;
    throw new ApiError(UNREACHABLE);
  }
  if (response.ok) return response;
  const problem = await readProblem(response);
  if (response.status === 401 && !options.anonymous) session.onExpired();
  throw new ApiError(problem);
}

export async function get<T>(path: string, options: Options = {}): Promise<T> {
  const response = await send("GET", path, options);
  return (await response.json()) as T;
}

export async function post<T>(path: string, body: unknown, options: Options = {}): Promise<T> {
  return answerOf<T>(await send("POST", path, { ...options, body }));
}

export async function patch<T>(path: string, body: unknown, options: Options = {}): Promise<T> {
  return answerOf<T>(await send("PATCH", path, { ...options, body }));
}

export async function remove(path: string, options: Options = {}): Promise<void> {
  await send("DELETE", path, options);
}

async function answerOf<T>(response: Response): Promise<T> {
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

/** One sentence for a person, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : m.errors.unknown;
}

async function readProblem(response: Response): Promise<Problem> {
  const fallback = { title: m.errors.status(response.status), status: response.status };
  if (!(response.headers.get("content-type") ?? "").includes("json")) return fallback;
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}

/** "body.handle" and "handle" are the same field of a form. */
function lastName(field: string): string {
  return field.split(".").at(-1) ?? field;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
