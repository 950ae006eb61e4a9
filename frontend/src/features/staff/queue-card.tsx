import { Alert } from "@/components/alert";
import { Card } from "@/components/card";
import { Loaded } from "@/components/loaded";
import { When } from "@/components/when";
import { JobList } from "@/features/staff/job-list";
import { useWatched } from "@/features/staff/use-watched";
import { count } from "@/lib/format";
import { s } from "@/lib/messages/staff";
import type { QueueBoard } from "@/lib/types";

const EVERY = 5_000;
const HEAD = "pb-1.5 text-right text-sm font-bold text-soft first:text-left";
const CELL = "py-1.5 text-right";

/** What waits, runs and has failed, by queue, and whether anybody works it off. */
export function QueueCard() {
  const board = useWatched<QueueBoard>("/staff/queue", EVERY);
  return (
    <Card title={s.queue.title} aside={board.data ? s.queue.workers(board.data.workers_alive) : null}>
      <Loaded source={board} lines={5}>
        {(found) => (
          <div className="grid gap-4" data-workers={found.workers_alive}>
            {found.workers_alive === 0 ? (
              <Alert>
                {s.queue.nobody}
                {found.last_sign ? (
                  <span className="block text-sm text-soft">
                    {s.queue.lastSign}: <When moment={found.last_sign} />
                  </span>
                ) : null}
              </Alert>
            ) : null}
            <Queues board={found} />
            <p className="text-sm text-soft">
              {s.queue.pictures(found.pictures.waiting, found.pictures.painting)}
              {found.pictures.seconds_each === null
                ? null
                : ` · ${s.queue.pace(found.pictures.seconds_each.toFixed(1))}`}
              {found.pictures.failed_today > 0 ? ` · ${s.queue.failedToday(found.pictures.failed_today)}` : null}
            </p>
            <JobList jobs={found.jobs} />
          </div>
        )}
      </Loaded>
    </Card>
  );
}

function Queues({ board }: { board: QueueBoard }) {
  return (
    <table className="w-full text-[0.95rem] tabular-nums">
      <thead>
        <tr>
          {[s.queue.queue, s.queue.waiting, s.queue.running, s.queue.failed, s.queue.oldest].map((label) => (
            <th key={label} scope="col" className={HEAD}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-t border-line">
        {board.queues.map((queue) => (
          <tr key={queue.queue} data-queue={queue.queue}>
            <th scope="row" className="py-1.5 text-left font-medium">
              {s.queue.names[queue.queue] ?? queue.queue}
            </th>
            <td className={CELL}>
              {count(queue.waiting)}
              {queue.scheduled > 0 ? (
                <span className="text-sm text-soft">
                  {" "}
                  + {count(queue.scheduled)} {s.queue.scheduled.toLowerCase()}
                </span>
              ) : null}
            </td>
            <td className={CELL}>{count(queue.running)}</td>
            <td className={`${CELL} ${queue.failed > 0 ? "font-bold text-vermilion" : ""}`}>{count(queue.failed)}</td>
            <td className={CELL}>{queue.oldest_s === null ? s.model.missing : s.queue.lasting(queue.oldest_s)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
