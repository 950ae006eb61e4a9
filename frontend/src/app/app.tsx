import { useCallback, useEffect, useState } from "react";
import { Dojo } from "@/app/dojo";
import { Mark } from "@/components/logo";
import { ShopContext } from "@/components/shop-context";
import { resumeSession } from "@/features/auth/auth-api";
import { AuthPage } from "@/features/auth/auth-page";
import { ApiError, get, messageOf, onSessionExpired, setCsrfToken } from "@/lib/api";
import type { Me, Shop } from "@/lib/types";

type Gate =
  | { at: "opening" }
  | { at: "closed"; problem: string }
  | { at: "outside"; notice: string | null }
  | { at: "inside"; me: Me };

/** Loads the shop, finds out whether a session is open, and shows the gate or the dojo. */
export function App() {
  const [shop, setShop] = useState<Shop | null>(null);
  const [gate, setGate] = useState<Gate>({ at: "opening" });

  const enter = useCallback(async () => {
    try {
      setGate({ at: "inside", me: await get<Me>("/me", { anonymous: true }) });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) setGate({ at: "outside", notice: null });
      else setGate({ at: "closed", problem: messageOf(error) });
    }
  }, []);

  const open = useCallback(async () => {
    setGate({ at: "opening" });
    try {
      setShop(await get<Shop>("/shop", { anonymous: true }));
      if (await resumeSession()) await enter();
      else setGate({ at: "outside", notice: null });
    } catch (error) {
      setGate({ at: "closed", problem: messageOf(error) });
    }
  }, [enter]);

  useEffect(() => {
    onSessionExpired(() => {
      setCsrfToken(null);
      setGate({ at: "outside", notice: "Your session has ended. Sign in again; your conversations are kept." });
    });
    // Asking the server who is here is what this effect is for.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    void open();
  }, [open]);

  const onMe = useCallback((me: Me) => setGate({ at: "inside", me }), []);
  const onLeft = useCallback(() => setGate({ at: "outside", notice: null }), []);

  if (gate.at === "closed") return <Closed problem={gate.problem} onRetry={() => void open()} />;
  if (gate.at === "opening" || !shop) return <Opening />;
  return (
    <ShopContext value={shop}>
      {gate.at === "outside" ? (
        <AuthPage notice={gate.notice} onEntered={() => void enter()} />
      ) : (
        <Dojo me={gate.me} onMe={onMe} onLeft={onLeft} />
      )}
    </ShopContext>
  );
}

function Opening() {
  return (
    <div role="status" className="grid h-full place-items-center">
      <span className="grid justify-items-center gap-4 text-soft">
        <Mark size={56} />
        Opening the gate…
      </span>
    </div>
  );
}

function Closed({ problem, onRetry }: { problem: string; onRetry: () => void }) {
  return (
    <main className="grid h-full place-items-center p-6">
      <div className="grid max-w-md justify-items-center gap-4 text-center">
        <Mark size={56} />
        <h1 className="text-2xl">The gate is closed</h1>
        <p role="alert" className="text-soft">
          {problem}
        </p>
        <button type="button" className="button button-strong" onClick={onRetry}>
          Knock again
        </button>
      </div>
    </main>
  );
}
