import { m } from "@/lib/messages";
import { Alert } from "@/components/alert";
import { progressOf } from "@/lib/picture";
import type { ImageState } from "@/lib/types";

interface PictureProgressProps {
  /** Null until the API has told of it. */
  state: ImageState | null;
  problem: string | null;
  onCancel: () => void;
}

/** A picture on its way: the frame so far, the place in the queue or the step, and a way to call it off. */
export function PictureProgress({ state, problem, onCancel }: PictureProgressProps) {
  const painting = state?.status === "painting";
  const words = state ? progressOf(state) : m.pictures.asking;
  return (
    // Each step is told by the bar: as part of the conversation's log it would be read out over and over.
    <div className="grid w-full max-w-sm gap-3" aria-live="off" data-picture={state?.status ?? "asked"}>
      <div
        className="relative grid place-items-center overflow-hidden rounded-xl border border-line bg-well text-soft"
        style={{ aspectRatio: state ? `${state.width} / ${state.height}` : "1" }}
      >
        {state?.preview ? (
          <img
            src={state.preview}
            alt={m.pictures.soFar}
            className="h-full w-full object-cover"
            data-step={state.step}
          />
        ) : (
          <span className="grid justify-items-center gap-3 p-6 text-center">
            <span aria-hidden="true" className="brush" />
            {painting ? m.pictures.painting : m.pictures.waiting}
          </span>
        )}
      </div>
      <div className="flex items-center gap-3">
        <div className="grid min-w-0 flex-1 gap-1.5">
          <span className="text-sm text-soft tabular-nums" aria-hidden="true">
            {words}
          </span>
          <Bar state={state} words={words} />
        </div>
        <button
          type="button"
          className="button min-h-9 shrink-0 px-3 text-sm"
          aria-label={m.pictures.cancel}
          disabled={!state}
          onClick={onCancel}
        >
          {m.common.cancel}
        </button>
      </div>
      {problem ? <Alert>{problem}</Alert> : null}
    </div>
  );
}

function Bar({ state, words }: { state: ImageState | null; words: string }) {
  const steps = state?.steps ?? 0;
  const share = steps > 0 ? Math.min(1, (state?.step ?? 0) / steps) : 0;
  return (
    <span
      role="progressbar"
      aria-label={state?.alt ?? m.pictures.one}
      aria-valuemin={0}
      // Until the API has told how many steps there are, the bar is one without an end.
      aria-valuemax={steps || undefined}
      aria-valuenow={steps > 0 ? state?.step : undefined}
      aria-valuetext={words}
      className="block h-1.5 overflow-hidden rounded-full bg-ink/12"
    >
      <span
        className="block h-full rounded-full bg-accent transition-[width] duration-300"
        style={{ width: `${share * 100}%` }}
      />
    </span>
  );
}
