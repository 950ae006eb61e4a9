import { useEffect, useState } from "react";
import { Alert } from "@/components/alert";
import { ApiError, get, isAbort } from "@/lib/api";
import type { ImageBlock as Image, ImageState } from "@/lib/types";

const FIRST_WAIT = 700;
const LONGEST_WAIT = 8_000;

/** A picture that the Artist paints: asks now and then until it is done. */
export function ImageBlock({ block }: { block: Image }) {
  const { status, file, error } = useImage(block);
  if (status === "failed")
    return <Alert>{error ?? "The picture could not be painted."} Ask the Artist once more.</Alert>;
  if (file) {
    return (
      <figure className="grid gap-2">
        <img src={file} alt={block.alt} className="w-full max-w-lg rounded-xl border border-line" />
        <figcaption className="text-sm text-soft">{block.alt}</figcaption>
      </figure>
    );
  }
  return (
    <div
      role="status"
      className="grid aspect-square w-full max-w-sm place-items-center rounded-xl border border-line bg-well p-6 text-center text-soft"
    >
      <span className="grid justify-items-center gap-3">
        <span aria-hidden="true" className="brush" />
        {status === "queued" ? "The picture waits for the Artist’s brush." : "The Artist is painting…"}
      </span>
    </div>
  );
}

function useImage(block: Image): ImageState {
  const [state, setState] = useState<ImageState>({ status: block.status, file: null, error: null });
  const settled = state.file !== null || state.status === "failed";

  useEffect(() => {
    if (settled) return;
    const controller = new AbortController();
    let wait = FIRST_WAIT;
    let timer = 0;
    const look = async () => {
      try {
        const path = `/images/${encodeURIComponent(block.image_id)}`;
        setState(await get<ImageState>(path, { signal: controller.signal }));
      } catch (error) {
        if (isAbort(error)) return;
        if (error instanceof ApiError && error.status === 404) {
          setState({ status: "failed", file: null, error: error.message });
          return;
        }
        // Anything else may pass: the next look tells.
      }
      timer = window.setTimeout(() => void look(), wait);
      wait = Math.min(wait * 1.4, LONGEST_WAIT);
    };
    void look();
    return () => {
      controller.abort();
      window.clearTimeout(timer);
    };
  }, [settled, block.image_id]);

  return state;
}
