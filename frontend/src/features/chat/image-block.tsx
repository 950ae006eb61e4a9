import { Alert } from "@/components/alert";
import type { ImageBlock as Image, ImageState } from "@/lib/types";
import { usePolled } from "@/lib/use-polled";

/** A picture that the Artist paints: asks now and then until it is done. */
export function ImageBlock({ block }: { block: Image }) {
  const path = `/images/${encodeURIComponent(block.image_id)}`;
  const { state, gone } = usePolled<ImageState>(path, { status: block.status, file: null, error: null }, hasEnded);
  const { status, file, error } = state;
  if (gone !== null || status === "failed")
    return <Alert>{`${gone ?? error ?? "The picture could not be painted."} Ask the Artist once more.`}</Alert>;
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

function hasEnded(state: ImageState): boolean {
  return state.file !== null || state.status === "failed";
}
