import { ApiError, get, post, setCsrfToken } from "@/lib/api";

export interface SlayerForm {
  handle: string;
  password: string;
  name: string;
  breathing_style: string;
  level: number;
  strength: number;
  dexterity: number;
  stamina: number;
}

interface SignedIn {
  slayer_id: string;
  csrf_token: string | null;
}

// The cookie is HttpOnly, so the page cannot see whether it has one. This note saves a first visit from asking.
const NOTE = "hashira.signed-in";

/** Whether somebody was signed in here before and has not signed out: worth asking the server. */
export const mayBeSignedIn = () => localStorage.getItem(NOTE) !== null;

/** Whether the browser still holds a session; fetches its CSRF token, which does not survive a reload. */
export async function resumeSession(): Promise<boolean> {
  if (!mayBeSignedIn()) return false;
  try {
    const session = await get<SignedIn>("/auth/session", { anonymous: true });
    setCsrfToken(session.csrf_token);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
    localStorage.removeItem(NOTE);
    return false;
  }
}

async function enter(path: string, body: object): Promise<void> {
  const session = await post<SignedIn>(path, { ...body, session: "cookie" }, { anonymous: true });
  setCsrfToken(session.csrf_token);
  localStorage.setItem(NOTE, "1");
}

export const signIn = (handle: string, password: string) => enter("/auth/login", { handle, password });

export const enterAsDemo = () => enter("/auth/demo", {});

export const createSlayer = (form: SlayerForm) =>
  enter("/auth/register", { ...form, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone });

export async function signOut(): Promise<void> {
  localStorage.removeItem(NOTE);
  await post("/auth/logout", {}, { anonymous: true });
  setCsrfToken(null);
}
