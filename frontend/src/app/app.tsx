import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { Mark } from "@/components/logo";
import { ShopContext } from "@/components/shop-context";
import { ToastProvider } from "@/components/toasts";
import { mayBeSignedIn, resumeSession } from "@/features/auth/auth-api";
import { AuthPage } from "@/features/auth/auth-page";
import { ApiError, messageOf, onSessionExpired, setCsrfToken } from "@/lib/api";
import { m } from "@/lib/messages";
import { meQuery, shopQuery, threadsQuery } from "@/lib/queries";

const SESSION = ["session"];

// The gate needs none of what is behind it. Who has been here before gets both at once (public/early.js). A query and not
// React's lazy: where the file is here in time, nothing is to be suspended, and a file that does not come is asked for again.
const dojoQuery = queryOptions({
  queryKey: ["dojo"],
  queryFn: () => import("@/app/dojo"),
  staleTime: Infinity,
  structuralSharing: false,
});

/** What a slayer had written when their session ended. */
interface Unsaid {
  /** Whose words they are. */
  of: string;
  text: string;
}

/** Loads the shop, finds out whether a session is open, and shows the gate or the dojo. */
export function App() {
  const client = useQueryClient();
  const [notice, setNotice] = useState<string | null>(null);
  const words = useRef("");
  const [unsaid, setUnsaid] = useState<Unsaid | null>(null);
  const shop = useQuery(shopQuery);
  const session = useQuery({
    queryKey: SESSION,
    queryFn: async () => {
      const wasHere = mayBeSignedIn();
      const open = await resumeSession();
      if (wasHere && !open) setNotice(m.gate.expired);
      return open;
    },
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const inside = session.data === true;
  // Asked for together with the session: who was here before is most likely still signed in.
  const enabled = inside || (session.data === undefined && mayBeSignedIn());
  const me = useQuery({ ...meQuery, enabled });
  useQuery({ ...threadsQuery, enabled }); // the dojo needs them with its first stroke
  const dojo = useQuery({ ...dojoQuery, enabled });

  /** What the page knew of the slayer goes with them. */
  const leave = useCallback(
    (notice: string | null) => {
      setCsrfToken(null);
      setNotice(notice);
      setUnsaid(null);
      words.current = "";
      client.setQueryData(SESSION, false);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "shop" && queryKey[0] !== "session" });
    },
    [client],
  );
  const enter = useCallback(() => {
    setNotice(null);
    client.setQueryData(SESSION, true);
  }, [client]);

  // A session that ends takes nothing along: who signs in again finds the address, and the words that did not get through.
  const expire = useCallback(() => {
    if (client.getQueryData(SESSION) === false) return; // of several requests under way, the first has said so
    const of = client.getQueryData(meQuery.queryKey)?.slayer_id;
    const text = words.current.trim();
    leave(of && text ? m.gate.expiredKept : m.gate.expired);
    if (of && text) setUnsaid({ of, text });
  }, [client, leave]);
  useEffect(() => onSessionExpired(expire), [expire]);

  const refused = me.error instanceof ApiError && me.error.status === 401;
  const ready = me.data && dojo.data;
  const trouble = shop.error ?? session.error ?? (inside && !ready && !refused ? (me.error ?? dojo.error) : null);
  if (trouble) {
    const knock = () => void client.refetchQueries({ predicate: ({ state }) => state.status === "error" });
    return <Closed problem={messageOf(trouble)} onRetry={knock} />;
  }
  if (!shop.data || session.data === undefined || (inside && !ready && !refused)) return <Opening />;
  return (
    <ShopContext value={shop.data}>
      <ToastProvider>
        {inside && me.data && dojo.data ? (
          <dojo.data.Dojo
            me={me.data}
            unsaid={unsaid?.of === me.data.slayer_id ? unsaid : null}
            onWords={(text) => {
              words.current = text;
            }}
            onLeft={leave}
          />
        ) : (
          <AuthPage notice={notice} onEntered={enter} />
        )}
      </ToastProvider>
    </ShopContext>
  );
}

function Opening() {
  return (
    <div role="status" className="grid h-full place-items-center">
      <span className="grid justify-items-center gap-4 text-soft">
        <Mark size={56} />
        {m.gate.opening}
      </span>
    </div>
  );
}

function Closed({ problem, onRetry }: { problem: string; onRetry: () => void }) {
  return (
    <main className="grid h-full place-items-center p-6">
      <div className="grid max-w-md justify-items-center gap-4 text-center">
        <Mark size={56} />
        <h1 className="text-2xl">{m.gate.closed}</h1>
        <p role="alert" className="text-soft">
          {problem}
        </p>
        <button type="button" className="button button-strong" onClick={onRetry}>
          {m.gate.knock}
        </button>
      </div>
    </main>
  );
}
