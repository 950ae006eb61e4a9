import type { ReactNode } from "react";
import { Icon } from "@/components/icon";

/** Bad news in a box, read out at once. */
export function Alert({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-vermilion/40 bg-vermilion/8 px-3 py-2.5"
    >
      <span className="text-vermilion">
        <Icon name="warning" />
      </span>
      <span className="min-w-48 flex-1">{children}</span>
      {action}
    </div>
  );
}
