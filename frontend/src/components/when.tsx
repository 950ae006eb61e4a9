import { useSlayer } from "@/components/slayer-context";
import { when } from "@/lib/format";

interface WhenProps {
  moment: string;
  /** Only the day. */
  day?: boolean;
}

/** A moment by the slayer's own clock. */
export function When({ moment, day = false }: WhenProps) {
  const { timezone } = useSlayer();
  return (
    <time dateTime={moment} title={day ? when(moment, timezone) : undefined}>
      {when(moment, timezone, { time: !day })}
    </time>
  );
}
