import { useMutation, useQueryClient } from "@tanstack/react-query";
import { patch } from "@/lib/api";
import { meQuery, RECORD } from "@/lib/queries";
import type { Me, ProfileChange } from "@/lib/types";

/** Changes the profile; who the slayer is now, the server says. */
export function useProfileChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: ProfileChange) => patch<Me>("/me", change),
    onSuccess: (me) => {
      client.setQueryData(meQuery.queryKey, me);
      // Another zone means another today.
      void client.invalidateQueries({ queryKey: RECORD });
    },
  });
}
