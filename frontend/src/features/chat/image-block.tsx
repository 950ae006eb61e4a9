import { m } from "@/lib/messages";
import { useEffect, useRef, useState } from "react";
import { Alert } from "@/components/alert";
import { PictureProgress } from "@/components/picture-progress";
import { PictureTools, PictureView } from "@/components/picture-view";
import type { BlockTools } from "@/features/chat/chat-page";
import { wishFor } from "@/lib/picture";
import type { ImageBlock as Image, ImageState } from "@/lib/types";
import { usePicture } from "@/lib/use-picture";

/** A picture that the Artist paints: how it goes, and then the picture. */
export function ImageBlock({ block, tools }: { block: Image; tools: BlockTools }) {
  const { state, gone, problem, cancel } = usePicture(`/images/${encodeURIComponent(block.image_id)}`);
  const [open, setOpen] = useState(false);
  const ended = useRef<HTMLParagraphElement>(null);
  const cancelled = state?.status === "cancelled";
  const asked = useRef(false);
  useEffect(() => {
    // The button that was pressed is gone.
    if (cancelled && asked.current) ended.current?.focus({ preventScroll: true });
  }, [cancelled]);

  if (gone !== null) return <Alert>{gone}</Alert>;
  if (state?.status === "failed") return <Alert>{m.pictures.failedLong(state.error)}</Alert>;
  if (cancelled)
    return (
      <p ref={ended} tabIndex={-1} className="text-soft" data-picture="cancelled">
        {m.pictures.cancelledOf(block.alt)}
      </p>
    );
  if (!state?.file)
    return (
      <PictureProgress
        state={state}
        problem={problem}
        onCancel={() => {
          asked.current = true;
          cancel();
        }}
      />
    );
  const again = (picture: ImageState) => {
    setOpen(false);
    // The thread knows the picture that was painted last; any other is told of in full.
    tools.fill(tools.lastPicture === picture.image_id ? m.pictures.againBut : wishFor(picture));
  };
  return (
    <figure className="grid gap-3" data-picture="done">
      <button
        type="button"
        className="block w-full max-w-sm overflow-hidden rounded-xl border border-line transition-colors hover:border-accent"
        aria-label={m.pictures.look(state.alt)}
        onClick={() => setOpen(true)}
      >
        <img src={state.file} alt={state.alt} width={state.width} height={state.height} className="h-auto w-full" />
      </button>
      <figcaption className="text-sm text-soft">{state.alt}</figcaption>
      <div className="flex flex-wrap gap-2">
        <PictureTools state={state} onAgain={again} />
      </div>
      <PictureView state={open ? state : null} onClose={() => setOpen(false)} onAgain={again} />
    </figure>
  );
}
