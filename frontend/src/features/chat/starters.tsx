import { Emblem } from "@/components/emblem";
import { Icon, type IconName } from "@/components/icon";
import { useShop, useStyle } from "@/components/shop-context";
import type { Me } from "@/lib/types";

interface Starter {
  icon: IconName;
  text: string;
}

function startersFor(me: Me, canPaint: boolean): Starter[] {
  const starters: Starter[] = [
    {
      icon: "blade",
      text: "Recommend me a blade under 400 coins, then log 30 minutes of training and tell me how to look after it",
    },
    { icon: "clock", text: `Build me a 20 minute ${me.breathing_style} Breathing routine with a katana` },
    { icon: "book", text: "Compare the Heron Spear and the Cloud Temple Naginata" },
    { icon: "ledger", text: "I won a battle today. What is my rank?" },
  ];
  return canPaint ? [...starters, { icon: "brush", text: "Draw me with the Tidebreaker Katana at dawn" }] : starters;
}

/** An empty conversation: a welcome and a few first sentences. */
export function Starters({ me, onSay }: { me: Me; onSay: (message: string) => void }) {
  const style = useStyle(me.breathing_style);
  const { image_model: canPaint } = useShop();
  return (
    <div className="mx-auto grid w-full max-w-3xl content-center gap-5 sm:gap-6 sm:py-6">
      <div className="grid justify-items-start gap-3">
        <Emblem style={style} size={60} />
        <h1 className="text-3xl sm:text-[2.4rem]">Welcome to the dojo, {me.name}.</h1>
        <p className="max-w-prose text-[1.05rem] text-soft">
          Ask the Coach about any weapon’s manual, let the Recommender find a blade that suits your build, and tell the
          Quartermaster what you trained and fought. One message may hold several wishes.
        </p>
      </div>
      <ul className="grid gap-2 sm:grid-cols-2" aria-label="Things to say first">
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
