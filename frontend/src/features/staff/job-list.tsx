import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "@/components/confirm";
import { useToast } from "@/components/toasts";
import { When } from "@/components/when";
import { STAFF } from "@/features/staff/use-watched";
import { messageOf, post } from "@/lib/api";
import { m } from "@/lib/messages";
import { s } from "@/lib/messages/staff";
import type { QueuedJob } from "@/lib/types";

/** Jobs that failed, to be tried again, and the shop's own that wait, to be taken out. */
export function JobList({ jobs }: { jobs: QueuedJob[] }) {
  if (jobs.length === 0) return <p className="text-sm text-soft">{s.queue.jobsNone}</p>;
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <h3 className="text-base">{s.queue.jobs}</h3>
      <ul className="grid gap-2">
        {jobs.map((job) => (
          <JobLine key={job.job_id} job={job} />
        ))}
      </ul>
    </div>
  );
}

function JobLine({ job }: { job: QueuedJob }) {
  const name = s.queue.job(s.queue.tasks[job.task] ?? job.task, job.job_id);
  const [sure, setSure] = useState(false);
  const tell = useToast();
  const client = useQueryClient();
  const act = useMutation({
    mutationFn: (what: "retry" | "cancel") => post<undefined>(`/staff/jobs/${job.job_id}/${what}`, undefined),
    onSuccess: (_, what) => {
      setSure(false);
      tell(what === "retry" ? s.queue.retried : s.queue.cancelled);
    },
    onSettled: () => client.invalidateQueries({ queryKey: STAFF }),
  });
  const later = job.status === "todo" && job.scheduled_at ? job.scheduled_at : null;
  const moment = later ?? job.since;
  return (
    <li className="grid gap-1.5" data-job={job.job_id}>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span>
          <span className="font-medium">{name}</span>
          <span className="block text-sm text-soft">
            <span className={job.status === "failed" ? "font-bold text-vermilion" : ""}>
              {s.queue.status[job.status]}
            </span>
            {moment ? (
              <>
                {" "}
                {later ? s.queue.scheduledFor : s.queue.since} <When moment={moment} />
              </>
            ) : null}
            {job.attempts > 1 ? ` · ${s.queue.attempts(job.attempts)}` : null}
          </span>
        </span>
        {job.can_retry ? (
          <button
            type="button"
            className="button button-small"
            aria-label={s.queue.retryOne(name)}
            disabled={act.isPending}
            onClick={() => act.mutate("retry")}
          >
            {s.queue.retry}
          </button>
        ) : null}
        {job.can_cancel && !sure ? (
          <button
            type="button"
            className="button button-small"
            aria-label={s.queue.cancelOne(name)}
            onClick={() => setSure(true)}
          >
            {s.queue.cancel}
          </button>
        ) : null}
      </div>
      {sure ? (
        <Confirm
          question={s.queue.cancelSure(name)}
          yes={s.queue.cancelYes}
          no={m.common.cancel}
          busy={act.isPending}
          problem={act.error ? messageOf(act.error) : null}
          onYes={() => act.mutate("cancel")}
          onNo={() => setSure(false)}
        />
      ) : act.error ? (
        <p role="alert" className="text-sm font-medium text-vermilion">
          {messageOf(act.error)}
        </p>
      ) : null}
    </li>
  );
}
