import { useState, type KeyboardEvent } from "react";
import { Alert } from "@/components/alert";
import { Mark } from "@/components/logo";
import { useShop } from "@/components/shop-context";
import { CreateSlayerForm } from "@/features/auth/create-slayer-form";
import { DojoScene } from "@/features/auth/dojo-scene";
import { enterAsDemo } from "@/features/auth/auth-api";
import { SignInForm } from "@/features/auth/sign-in-form";
import { messageOf } from "@/lib/api";
import { m } from "@/lib/messages";
import { useRoomTitle } from "@/lib/use-room-title";

type Door = "create" | "sign-in";
const DOORS: { door: Door; label: string }[] = [
  { door: "create", label: m.gate.create },
  { door: "sign-in", label: m.gate.signIn },
];

interface AuthPageProps {
  onEntered: () => void;
  notice?: string | null;
}

/** The gate: create a slayer, sign in, or walk in as the demo slayer where the shop has one. */
export function AuthPage({ onEntered, notice }: AuthPageProps) {
  const { demo } = useShop();
  const [door, setDoor] = useState<Door>(notice ? "sign-in" : "create");
  useRoomTitle(null);

  function onTabKey(event: KeyboardEvent) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = door === "create" ? "sign-in" : "create";
    setDoor(other);
    document.getElementById(`tab-${other}`)?.focus();
  }

  return (
    <main className="grid min-h-full lg:grid-cols-[minmax(20rem,5fr)_7fr]">
      <section className="relative isolate flex min-h-60 flex-col justify-end overflow-hidden bg-[#14171c] p-6 text-[#f0ebdf] sm:p-10 lg:sticky lg:top-0 lg:h-dvh">
        <DojoScene />
        <div className="absolute inset-x-0 bottom-0 -z-10 h-3/4 bg-linear-to-t from-[#14171c] to-transparent lg:hidden" />
        <div className="flex items-center gap-3">
          <Mark size={44} />
          <h1 className="text-3xl sm:text-4xl">{m.shop}</h1>
        </div>
        <p className="mt-3 max-w-sm text-[1.05rem] text-[#d6d0c2]">{m.gate.motto}</p>
      </section>

      <section className="mx-auto flex w-full max-w-2xl flex-col gap-6 p-5 py-8 sm:p-10">
        {notice ? <Alert>{notice}</Alert> : null}
        {demo ? <DemoDoor onEntered={onEntered} /> : null}
        <div role="tablist" aria-label={m.gate.how} className="grid grid-cols-2 gap-1 rounded-xl bg-well p-1">
          {DOORS.map(({ door: one, label }) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`tab-${one}`}
              aria-selected={door === one}
              aria-controls="door"
              tabIndex={door === one ? 0 : -1}
              onKeyDown={onTabKey}
              className="min-h-10 rounded-lg font-medium text-soft aria-selected:bg-sheet aria-selected:text-ink aria-selected:shadow-card"
              onClick={() => setDoor(one)}
            >
              {label}
            </button>
          ))}
        </div>
        <div role="tabpanel" id="door" aria-labelledby={`tab-${door}`}>
          {door === "create" ? <CreateSlayerForm onEntered={onEntered} /> : <SignInForm onEntered={onEntered} />}
        </div>
      </section>
    </main>
  );
}

function DemoDoor({ onEntered }: { onEntered: () => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function enter() {
    setBusy(true);
    setProblem(null);
    try {
      await enterAsDemo();
      onEntered();
    } catch (error) {
      setProblem(messageOf(error));
      setBusy(false);
    }
  }

  return (
    <div className="grid gap-2">
      <button type="button" className="button button-strong min-h-12" disabled={busy} onClick={() => void enter()}>
        {busy ? m.gate.opening : m.gate.demo}
      </button>
      <p className="text-center text-sm text-soft">{m.gate.demoHint}</p>
      {problem ? <Alert>{problem}</Alert> : null}
    </div>
  );
}
