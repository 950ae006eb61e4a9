import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef } from "react";
import { Icon } from "@/components/icon";
import { SheetHead } from "@/components/sheet-head";
import { useToast } from "@/components/toasts";
import { useModal } from "@/components/use-modal";
import { When } from "@/components/when";
import { STAFF } from "@/features/staff/use-watched";
import { messageOf, post } from "@/lib/api";
import { s } from "@/lib/messages/staff";
import type { ModelChange, ModelOnRecord } from "@/lib/types";

/** Another champion that is thought of: `from` is the one that the page believes to lead. */
export type Change =
  | { kind: "promote"; from: ModelOnRecord | null; to: ModelOnRecord }
  | { kind: "rollback"; from: ModelOnRecord; to: ModelOnRecord };

interface ChangeDialogProps {
  change: Change;
  onClose: () => void;
  onDone: () => void;
}

/** Asks once more, naming both versions, and changes the champion. The safe answer has the focus. */
export function ChangeDialog({ change, onClose, onDone }: ChangeDialogProps) {
  const { kind, from, to } = change;
  const modal = useModal(true, onClose);
  const safe = useRef<HTMLButtonElement>(null);
  const titleId = useId();
  const tell = useToast();
  const client = useQueryClient();
  useEffect(() => safe.current?.focus(), []);
  const decide = useMutation({
    mutationFn: () =>
      kind === "rollback"
        ? post<ModelChange>("/staff/models/rollback", { champion: from.version })
        : post<ModelChange>("/staff/models/promote", { version: to.version, champion: from?.version ?? null }),
    onSuccess: async ({ champion }) => {
      await client.invalidateQueries({ queryKey: STAFF });
      tell(s.change.done(champion));
      onDone();
    },
    // Refused because somebody was quicker: what is shown behind the dialog is looked up again.
    onError: () => client.invalidateQueries({ queryKey: STAFF }),
  });
  const yes = kind === "rollback" ? s.change.yesRollback(to.version) : s.change.yesPromote(to.version);
  return (
    <dialog
      {...modal}
      aria-labelledby={titleId}
      className="panel m-auto w-[min(34rem,94vw)] rounded-2xl border border-line bg-sheet p-0 text-ink shadow-card [--from-x:0] [--from-y:1rem]"
    >
      <div className="grid gap-4 p-5">
        <SheetHead
          titleId={titleId}
          title={kind === "rollback" ? s.change.rollback : s.change.promote}
          onClose={onClose}
          className="gap-4"
        />
        <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-3">
          <Side label={s.change.now} model={from} />
          <span className="text-soft">
            <Icon name="right" />
          </span>
          <Side label={s.change.then} model={to} />
        </div>
        <p className="text-sm text-soft">{s.change.what}</p>
        {decide.error ? (
          <p role="alert" className="font-medium text-vermilion">
            {messageOf(decide.error)}
          </p>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          <button ref={safe} type="button" className="button" onClick={onClose}>
            {s.change.no}
          </button>
          <button
            type="button"
            className="button button-strong"
            disabled={decide.isPending || decide.isError}
            onClick={() => decide.mutate()}
          >
            {decide.isPending ? s.change.busy : yes}
          </button>
        </div>
      </div>
    </dialog>
  );
}

function Side({ label, model }: { label: string; model: ModelOnRecord | null }) {
  return (
    <div className="grid gap-1 self-stretch rounded-lg bg-well p-3">
      <p className="text-sm text-soft">{label}</p>
      <p className="font-display text-lg font-extrabold">{model ? s.version(model.version) : s.change.fromNone}</p>
      {model ? (
        <p className="text-sm text-soft">
          <When moment={model.created_at} />
          {model.trained_rows === null ? null : <span className="block">{s.model.learned(model.trained_rows)}</span>}
        </p>
      ) : null}
    </div>
  );
}
