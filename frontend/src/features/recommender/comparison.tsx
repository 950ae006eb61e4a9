import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { coins, kilograms, percent } from "@/lib/format";
import { m } from "@/lib/messages";
import type { Recommendation } from "@/lib/types";

interface ComparisonProps {
  weapons: Recommendation[];
  open: boolean;
  onClose: () => void;
  onAsk: () => void;
}

const ROWS: { label: string; of: (weapon: Recommendation) => ReactNode; best?: (weapon: Recommendation) => number }[] =
  [
    { label: m.weapon.chance, of: ({ score }) => percent(score), best: ({ score }) => score },
    { label: m.weapon.price, of: ({ price }) => coins(price), best: ({ price }) => -price },
    { label: m.weapon.sharp, of: ({ sharpness }) => Math.round(sharpness), best: ({ sharpness }) => sharpness },
    { label: m.weapon.weight, of: ({ weight }) => kilograms(weight) },
    { label: m.weapon.type, of: ({ weapon_type: type }) => type },
    { label: m.weapon.rarity, of: ({ rarity }) => rarity },
    { label: m.weapon.styles, of: ({ styles }) => styles.join(", ") },
    { label: m.weapon.why, of: ({ reasons }) => reasons[0] },
  ];

/** Up to three weapons side by side; what is best of a row stands out where one can be better than another. */
export function Comparison({ weapons, open, onClose, onAsk }: ComparisonProps) {
  return (
    <Panel open={open} onClose={onClose} title={m.weapon.compareTitle} wide>
      <div className="grid grid-cols-1 gap-4">
        <div className="table-scroll" role="group" aria-label={m.weapon.compareTitle} tabIndex={0}>
          <table data-comparison={weapons.length}>
            <thead>
              <tr>
                <td />
                {weapons.map((weapon) => (
                  <th key={weapon.weapon_id} scope="col" className="min-w-28 whitespace-normal!">
                    <img
                      src={weapon.picture}
                      alt=""
                      width={320}
                      height={200}
                      className="mb-1.5 aspect-[8/5] w-full max-w-44 rounded-md bg-[#1b1e23] object-cover"
                    />
                    <span className="text-ink">{weapon.name}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ROWS.map(({ label, of, best }) => {
                const most = best ? Math.max(...weapons.map(best)) : null;
                return (
                  <tr key={label}>
                    <th scope="row">{label}</th>
                    {weapons.map((weapon) => (
                      <td
                        key={weapon.weapon_id}
                        className={best !== undefined && best(weapon) === most ? "font-bold text-moss" : ""}
                      >
                        {of(weapon)}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <button type="button" className="button button-strong w-fit" onClick={onAsk}>
          {m.weapon.compareAsk}
        </button>
      </div>
    </Panel>
  );
}
