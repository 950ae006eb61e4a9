import type { ReactNode } from "react";
import { Emblem } from "@/components/emblem";
import { Icon, type IconName } from "@/components/icon";
import { useShop, useStyle } from "@/components/shop-context";
import { m } from "@/lib/messages";
import type { Me } from "@/lib/types";

interface Starter {
  icon: IconName;
  text: string;
}

function startersFor(me: Me, canPaint: boolean): Starter[] {
  const starters: Starter[] = [
    { icon: "blade", text: m.starters.wish },
    { icon: "clock", text: m.starters.routine(me.breathing_style) },
    { icon: "book", text: m.starters.compare },
    { icon: "ledger", text: m.starters.rank },
  ];
  return canPaint ? [...starters, { icon: "brush", text: m.starters.draw }] : starters;
}

interface StartersProps {
  me: Me;
  /** For who has never said anything: a first suggestion, without typing. */
  first: ReactNode;
  onSay: (message: string) => void;
}

/** An empty conversation: a welcome and a few first sentences. */
export function Starters({ me, first, onSay }: StartersProps) {
  const style = useStyle(me.breathing_style);
  const { image_model: canPaint } = useShop();
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 content-center gap-5 sm:gap-6 sm:py-6">
      <div className="grid justify-items-start gap-3">
        <Emblem style={style} size={60} />
        <h1 className="text-3xl sm:text-[2.4rem]">{m.starters.welcome(me.name)}</h1>
        <p className="max-w-prose text-[1.05rem] text-soft">{m.starters.about}</p>
      </div>
      {first}
      <ul className="grid gap-2 sm:grid-cols-2" aria-label={m.starters.list}>
        {startersFor(me, canPaint).map(({ icon, text }) => (
          <li key={text} className="first:sm:col-span-2">
            <button
              type="button"
              className="card flex h-full w-full items-start gap-3 p-4 text-left transition-colors hover:border-accent"
              onClick={() => onSay(text)}
            >
              <span className="mt-0.5 text-accent">
                <Icon name={icon} />
              </span>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
