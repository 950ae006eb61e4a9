import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { Dojo } from "@/app/dojo";
import { Mark } from "@/components/logo";
import { ShopContext } from "@/components/shop-context";
import { ToastProvider } from "@/components/toasts";
import { resumeSession } from "@/features/auth/auth-api";
import { AuthPage } from "@/features/auth/auth-page";
import { ApiError, messageOf, onSessionExpired, setCsrfToken } from "@/lib/api";
import { m } from "@/lib/messages";
import { meQuery, shopQuery } from "@/lib/queries";

const SESSION = ["session"];

/** Loads the shop, finds out whether a session is open, and shows the gate or the dojo. */
export function App() {
  const client = useQueryClient();
  const [notice, setNotice] = useState<string | null>(null);
  const shop = useQuery(shopQuery);
  const session = useQuery({ queryKey: SESSION, queryFn: resumeSession, staleTime: Infinity, gcTime: Infinity });
  const inside = session.data === true;
  const me = useQuery({ ...meQuery, enabled: inside });

  /** What the page knew of the slayer goes with them. */
  const leave = useCallback(
    (words: string | null) => {
      setCsrfToken(null);
      setNotice(words);
      client.setQueryData(SESSION, false);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "shop" && queryKey[0] !== "session" });
    },
    [client],
  );
  const enter = useCallback(() => {
    setNotice(null);
    client.setQueryData(SESSION, true);
  }, [client]);

  useEffect(() => onSessionExpired(() => leave(m.gate.expired)), [leave]);

  const refused = me.error instanceof ApiError && me.error.status === 401;
  const trouble = shop.error ?? session.error ?? (inside && !me.data && !refused ? me.error : null);
  if (trouble) {
    const knock = () => void client.refetchQueries({ predicate: ({ state }) => state.status === "error" });
    return <Closed problem={messageOf(trouble)} onRetry={knock} />;
  }
  if (!shop.data || session.data === undefined || (inside && !me.data && !refused)) return <Opening />;
  return (
    <ShopContext value={shop.data}>
      <ToastProvider>
        {inside && me.data ? <Dojo me={me.data} onLeft={leave} /> : <AuthPage notice={notice} onEntered={enter} />}
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
