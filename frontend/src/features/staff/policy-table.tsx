import { three } from "@/features/staff/metrics";
import { s } from "@/lib/messages/staff";
import type { Night } from "@/lib/types";

type Values = Night["off_policy"]["values"];
type Estimate = Values[string]["dr"];

/** What each policy's lists would have been worth, by three estimators. */
export function PolicyTable({ values }: { values: Values }) {
  const heads = [s.report.policy, s.report.estimators.dr, s.report.estimators.snips, s.report.estimators.ips];
  return (
    <div className="grid gap-1.5">
      <table className="w-full text-sm tabular-nums" data-policies={Object.keys(values).length}>
        <thead>
          <tr>
            {heads.map((label, at) => (
              <th
                key={label}
                scope="col"
                className={`pr-2 pb-1.5 text-left align-bottom text-soft ${at === 3 ? "max-sm:hidden" : ""}`}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {Object.entries(values).map(([policy, value]) => (
            <tr key={policy}>
              <th scope="row" className="py-1.5 pr-2 text-left font-medium">
                {s.report.policies[policy] ?? policy}
              </th>
              <td className="py-1.5 pr-2">{words(value.dr)}</td>
              <td className="py-1.5 pr-2">{value.snips ? words(value.snips) : s.model.missing}</td>
              <td className="py-1.5 max-sm:hidden">{words(value.ips)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-sm text-soft">{s.report.wins}</p>
    </div>
  );
}

/** With the larger of its two errors, as the report has it. */
function words({ value, standard_error, standard_error_by_design }: Estimate): string {
  return s.report.plusMinus(three(value), three(Math.max(standard_error, standard_error_by_design)));
}
