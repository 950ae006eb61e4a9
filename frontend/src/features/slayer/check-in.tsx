import { useMutation } from "@tanstack/react-query";
import { Icon } from "@/components/icon";
import { useToast } from "@/components/toasts";
import { messageOf, post } from "@/lib/api";
import { m } from "@/lib/messages";
import { useRecordRefresh } from "@/lib/use-record-refresh";

interface CheckedIn {
  points_awarded: number;
  streak: number;
}

/** Says "here" once a day. The day is in the event's name, so that two open pages say it once. */
export function CheckIn({ today, here }: { today: string; here: boolean }) {
  const tell = useToast();
  const refresh = useRecordRefresh();
  const checkIn = useMutation({
    mutationFn: () => post<CheckedIn>("/events", { type: "login", event_id: `page-login-${today}` }),
    onSuccess: ({ streak }) => tell(m.slayer.checkedIn(streak)),
    onSettled: refresh,
  });
  if (here) {
    return (
      <p className="inline-flex items-center gap-1.5 text-sm font-bold text-moss">
        <Icon name="done" size={18} /> {m.slayer.isHere}
      </p>
    );
  }
  return (
    <div className="grid justify-items-start gap-1">
      <button
        type="button"
        className="button button-small button-strong"
        disabled={checkIn.isPending}
        onClick={() => checkIn.mutate()}
      >
        {m.slayer.checkIn}
      </button>
      {checkIn.error ? (
        <p role="alert" className="text-sm font-medium text-vermilion">
          {messageOf(checkIn.error)}
        </p>
      ) : null}
    </div>
  );
}
