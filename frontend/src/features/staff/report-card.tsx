import { Alert } from "@/components/alert";
import { Card } from "@/components/card";
import { Icon } from "@/components/icon";
import { Loaded } from "@/components/loaded";
import { RetryButton } from "@/components/retry-button";
import { When } from "@/components/when";
import { CalibrationChart } from "@/features/staff/calibration-chart";
import { DriftChart } from "@/features/staff/drift-chart";
import { three } from "@/features/staff/metrics";
import { PolicyTable } from "@/features/staff/policy-table";
import { useWatched } from "@/features/staff/use-watched";
import { s } from "@/lib/messages/staff";
import type { Night, NightReport } from "@/lib/types";

const EVERY = 60_000;

/** The latest night: the gate's verdict with its reasons, alerts, drift, what lists were worth, and calibration. */
export function ReportCard() {
  const report = useWatched<NightReport>("/staff/report", EVERY);
  return (
    <Card
      title={s.report.title}
      aside={
        report.data?.night ? (
          <>
            {s.report.written} <When moment={report.data.night.written_at} />
          </>
        ) : null
      }
    >
      <Loaded source={report} lines={8}>
        {({ night, unavailable }) =>
          night ? (
            <Told night={night} />
          ) : unavailable ? (
            <Alert action={<RetryButton onRetry={report.retry} />}>{unavailable}</Alert>
          ) : (
            <p className="text-soft">{s.report.none}</p>
          )
        }
      </Loaded>
    </Card>
  );
}

function Told({ night }: { night: Night }) {
  const { drift, off_policy: worth } = night;
  return (
    <div className="grid gap-5" data-night={night.verdict?.decision ?? "undecided"}>
      <Verdict night={night} />
      <Alerts night={night} />
      <section className="grid gap-2">
        <h3 className="text-base">{s.report.drift}</h3>
        <p className="text-sm">{drift.text}</p>
        {drift.shifts.length > 0 ? <DriftChart drift={drift} /> : null}
      </section>
      <section className="grid gap-2">
        <h3 className="text-base">{s.report.offPolicy}</h3>
        <p className="text-sm">{worth.text}</p>
        {Object.keys(worth.values).length > 0 ? <PolicyTable values={worth.values} /> : null}
      </section>
      <section className="grid gap-2">
        <h3 className="text-base">{s.report.calibration}</h3>
        <p className="text-sm">{drift.calibration_text}</p>
        {drift.calibration ? (
          <>
            <CalibrationChart calibration={drift.calibration} />
            <p className="text-sm text-soft">
              {s.report.ece(three(drift.calibration.ece), three(drift.calibration.ece_limit))}
            </p>
          </>
        ) : null}
      </section>
    </div>
  );
}

function Verdict({ night: { verdict } }: { night: Night }) {
  if (!verdict) return <p className="font-display text-lg font-extrabold">{s.report.undecided}</p>;
  const held = verdict.decision === "hold";
  return (
    <section className="grid gap-2">
      <h3 className={`flex items-center gap-2 text-lg ${held ? "text-vermilion" : "text-moss"}`}>
        <Icon name={held ? "warning" : "done"} />
        {held ? s.report.hold : s.report.release}
      </h3>
      <p className="text-sm">{verdict.reason}</p>
      <details className="text-sm" open={held}>
        <summary className="w-fit text-soft">{s.report.checks}</summary>
        <ul className="mt-1.5 grid gap-1.5">
          {verdict.checks.map((check) => (
            <li key={check.name} className="flex gap-2">
              <span className={check.passed ? "text-moss" : "text-vermilion"}>
                <Icon name={check.passed ? "done" : "close"} size={18} />
              </span>
              <span>
                <span className="sr-only">{check.passed ? s.report.passed : s.report.failed}</span>
                {check.text}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Alerts({ night }: { night: Night }) {
  const alerts = [...night.off_policy.alerts, ...night.drift.alerts];
  return (
    <section className="grid gap-2">
      <h3 className="text-base">{s.report.alerts}</h3>
      {alerts.length === 0 ? (
        <p className="text-sm text-soft">{s.report.noAlerts}</p>
      ) : (
        <ul className="grid gap-1.5">
          {alerts.map((alert, at) => (
            <li key={at} className="flex items-start gap-2 rounded-lg bg-well px-3 py-2 text-sm">
              <span
                className={`tag shrink-0 ${alert.level === "large" ? "border-vermilion text-vermilion" : "text-gold"}`}
              >
                {s.report.levels[alert.level]}
              </span>
              <span>{alert.reason}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
