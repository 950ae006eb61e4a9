import { m } from "@/lib/messages";
import { useId, useState, type KeyboardEvent, type ReactNode } from "react";
import { Icon } from "@/components/icon";
import { SheetHead } from "@/components/sheet-head";
import { useModal } from "@/components/use-modal";
import { When } from "@/components/when";
import { fileName, provenanceOf } from "@/lib/picture";
import type { ImageState } from "@/lib/types";

interface PictureViewProps {
  /** What is shown; null while it is closed. */
  state: ImageState | null;
  onClose: () => void;
  /** Takes a wish for the same picture with a change to the message box. */
  onAgain: (state: ImageState) => void;
  /** To the picture before or after this one, where there are several. */
  onTurn?: ((by: -1 | 1) => void) | undefined;
  children?: ReactNode;
}

/** A picture as large as the window allows, and where it comes from. Escape closes it, the arrow keys turn pages. */
export function PictureView({ state, onClose, onAgain, onTurn, children }: PictureViewProps) {
  const modal = useModal(state !== null, onClose);
  const titleId = useId();

  function onKeyDown(event: KeyboardEvent) {
    if (!onTurn || (event.key !== "ArrowLeft" && event.key !== "ArrowRight")) return;
    event.preventDefault();
    onTurn(event.key === "ArrowLeft" ? -1 : 1);
  }

  return (
    <dialog
      {...modal}
      className="panel m-auto max-h-[96dvh] w-[min(64rem,96vw)] max-w-none overflow-y-auto rounded-2xl border border-line bg-sheet p-0 text-ink shadow-card [--from-x:0] [--from-y:1rem]"
      aria-labelledby={titleId}
      data-picture-view
      onKeyDown={onKeyDown}
    >
      {state ? (
        <div className="grid md:max-h-[94dvh] md:grid-cols-[minmax(0,1fr)_22rem] md:overflow-hidden">
          <div className="relative grid place-items-center bg-well">
            <img
              src={state.file ?? undefined}
              alt={state.alt}
              width={state.width}
              height={state.height}
              className="max-h-[60dvh] w-full object-contain md:max-h-[94dvh]"
            />
            {onTurn ? <Turns onTurn={onTurn} /> : null}
          </div>
          <div className="flex min-w-0 flex-col gap-4 p-5 md:max-h-[94dvh] md:overflow-y-auto">
            {/* However far the details are scrolled, the way out stays in sight. */}
            <SheetHead
              titleId={titleId}
              title={state.alt}
              onClose={onClose}
              className="sticky top-0 -mx-5 -mt-5 gap-3 bg-sheet px-5 pt-5 pb-2 md:-top-5"
            />
            <div className="flex flex-wrap gap-2">
              <PictureTools state={state} onAgain={onAgain} />
              {children}
            </div>
            <Provenance state={state} />
          </div>
        </div>
      ) : null}
    </dialog>
  );
}

function Turns({ onTurn }: { onTurn: (by: -1 | 1) => void }) {
  return (
    <div className="pointer-events-none absolute inset-x-2 flex justify-between *:pointer-events-auto">
      <button
        type="button"
        className="button size-10 rounded-full px-0"
        aria-label={m.pictures.newerOne}
        onClick={() => onTurn(-1)}
      >
        <Icon name="left" />
      </button>
      <button
        type="button"
        className="button size-10 rounded-full px-0"
        aria-label={m.pictures.olderOne}
        onClick={() => onTurn(1)}
      >
        <Icon name="right" />
      </button>
    </div>
  );
}

interface PictureToolsProps {
  state: ImageState;
  onAgain: (state: ImageState) => void;
}

/** What can be done with a finished picture. */
export function PictureTools({ state, onAgain }: PictureToolsProps) {
  return (
    <>
      <button type="button" className="button min-h-9 px-3 text-sm" onClick={() => onAgain(state)}>
        <Icon name="brush" size={16} /> {m.pictures.again}
      </button>
      {state.file ? (
        <a className="button min-h-9 px-3 text-sm" href={state.file} download={fileName(state)}>
          <Icon name="download" size={16} /> {m.pictures.download}
        </a>
      ) : null}
    </>
  );
}

function Provenance({ state }: { state: ImageState }) {
  return (
    <table className="w-full text-sm" data-provenance>
      <caption className="mb-1 text-left font-bold">{m.pictures.from}</caption>
      <tbody>
        {provenanceOf(state).map(([name, value]) => (
          <tr key={name} className="border-t border-line align-top">
            <th scope="row" className="w-24 py-1.5 pr-3 text-left font-medium text-soft">
              {name}
            </th>
            <td className="py-1.5 [overflow-wrap:anywhere]">
              {name === m.pictures.rows.hash ? <Hash value={value} /> : value}
            </td>
          </tr>
        ))}
        <tr className="border-t border-line align-top">
          <th scope="row" className="py-1.5 pr-3 text-left font-medium text-soft">
            {m.pictures.painted}
          </th>
          <td className="py-1.5">
            <When moment={state.finished_at ?? state.created_at} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

/** A hash shows its beginning; the rest comes on demand. */
function Hash({ value }: { value: string }) {
  const [whole, setWhole] = useState(false);
  if (whole || value.length <= 16) return <code>{value}</code>;
  return (
    <button type="button" className="text-left underline decoration-dotted" onClick={() => setWhole(true)}>
      <code>{value.slice(0, 12)}…</code>
      <span className="sr-only">{m.pictures.showAll}</span>
    </button>
  );
}
