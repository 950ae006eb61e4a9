import { useRef } from "react";
import { WeaponLine } from "@/components/weapon-line";
import type { BlockTools } from "@/features/chat/chat-page";
import type { Fate } from "@/features/chat/conversation";
import { coins } from "@/lib/format";
import type { ApprovalBlock as Approval } from "@/lib/types";
import { m } from "@/lib/messages";

const WORDS: Record<Fate, string | null> = {
  waiting: null,
  answering: m.approval.answering,
  ordered: m.approval.ordered,
  declined: m.approval.declined,
  closed: m.approval.closed,
};

/** A question of the dojo with its two answers. Once it is answered, or lapsed, it says so and takes no other. */
export function ApprovalBlock({ block, tools }: { block: Approval; tools: BlockTools }) {
  const card = useRef<HTMLElement>(null);
  const fate = tools.fateOf(block);
  const words = WORDS[fate];
  const disabled = tools.busy || fate !== "waiting";

  function answer(approved: boolean) {
    tools.answer(block.approval_id, approved);
    // The pressed button is about to be disabled: the focus stays here instead of falling back to the page's head.
    card.current?.focus({ preventScroll: true });
  }

  return (
    <section
      ref={card}
      tabIndex={-1}
      aria-label={m.approval.label(block.weapon.name)}
      className={`grid gap-4 rounded-xl border p-4 ${fate === "waiting" ? "border-accent/60 bg-accent/6" : "border-line"}`}
      data-approval={block.approval_id}
      data-fate={fate}
    >
      <WeaponLine weapon={block.weapon}>
        <h2 className="text-[1.05rem]">{block.weapon.name}</h2>
        <p className="font-bold text-gold">{coins(block.price)}</p>
      </WeaponLine>
      <p>{block.question}</p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <button type="button" className="button button-strong" disabled={disabled} onClick={() => answer(true)}>
          {m.approval.yes}
        </button>
        <button type="button" className="button" disabled={disabled} onClick={() => answer(false)}>
          {m.approval.no}
        </button>
        <p role="status" className="text-sm text-soft">
          {words}
        </p>
      </div>
    </section>
  );
}
