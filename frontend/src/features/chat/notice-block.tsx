import { Icon } from "@/components/icon";
import type { NoticeBlock as Notice } from "@/lib/types";

export function NoticeBlock({ block }: { block: Notice }) {
  const warning = block.level === "warning";
  return (
    <p
      className={`flex items-start gap-3 rounded-lg px-4 py-3 ${warning ? "bg-vermilion/10" : "bg-well"}`}
      role="note"
      data-level={block.level}
    >
      <span className={`mt-0.5 ${warning ? "text-vermilion" : "text-steel"}`}>
        <Icon name={warning ? "warning" : "info"} />
      </span>
      <span>{block.text}</span>
    </p>
  );
}
