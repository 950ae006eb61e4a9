import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { untilMidnight } from "@/lib/local-days";
import { meQuery, RECORD } from "@/lib/queries";

/** Asks anew for who the slayer is and what is on their record. */
export function useRecordRefresh(): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    void client.invalidateQueries({ queryKey: meQuery.queryKey });
    void client.invalidateQueries({ queryKey: RECORD });
  }, [client]);
}

/** When the slayer's day ends, the page that stays open shows the new one. */
export function useNewDay(timezone: string): void {
  const refresh = useRecordRefresh();
  useEffect(() => {
    let timer = 0;
    const wait = () => {
      timer = window.setTimeout(
        () => {
          refresh();
          wait();
        },
        untilMidnight(timezone, new Date()) + 1_000,
      );
    };
    wait();
    return () => window.clearTimeout(timer);
  }, [timezone, refresh]);
}
