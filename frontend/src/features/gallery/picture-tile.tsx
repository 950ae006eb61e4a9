import { m } from "@/lib/messages";
import { useEffect } from "react";
import { Icon } from "@/components/icon";
import { PictureProgress } from "@/components/picture-progress";
import { When } from "@/components/when";
import { DeleteButton } from "@/features/gallery/delete-button";
import { hasEnded } from "@/lib/picture";
import type { ImageState } from "@/lib/types";
import { usePicture } from "@/lib/use-picture";

interface PictureTileProps {
  picture: ImageState;
  onChange: (state: ImageState) => void;
  onOpen: () => void;
  onDelete: () => void;
}

/** One picture of the gallery: a thumbnail that opens, or how far it is. */
export function PictureTile({ picture, onChange, onOpen, onDelete }: PictureTileProps) {
  if (!hasEnded(picture)) return <OnItsWay picture={picture} onChange={onChange} />;
  if (!picture.file) return <NothingToSee picture={picture} onDelete={onDelete} />;
  return (
    <button
      type="button"
      className="card group grid content-start overflow-hidden text-left transition-colors hover:border-accent"
      data-image-id={picture.image_id}
      onClick={onOpen}
    >
      <img
        src={picture.thumbnail ?? picture.file}
        alt={m.pictures.look(picture.alt)}
        width={128}
        height={128}
        loading="lazy"
        decoding="async"
        className="aspect-square w-full bg-well object-cover"
      />
      <Words picture={picture} />
    </button>
  );
}

function Words({ picture }: { picture: ImageState }) {
  return (
    <span className="grid gap-0.5 p-3">
      <span className="truncate font-bold">{picture.weapon.name}</span>
      <span className="truncate text-sm text-soft">
        {picture.scene ?? picture.pose ?? <When moment={picture.created_at} day />}
      </span>
    </span>
  );
}

function OnItsWay({ picture, onChange }: { picture: ImageState; onChange: (state: ImageState) => void }) {
  const { state, problem, cancel } = usePicture(`/images/${encodeURIComponent(picture.image_id)}`, picture);
  useEffect(() => {
    // The list must know what can be looked at.
    if (state && hasEnded(state)) onChange(state);
  }, [state, onChange]);
  return (
    <div className="card grid content-start gap-2 p-3">
      <PictureProgress state={state} problem={problem} onCancel={cancel} />
      <span className="truncate font-bold">{picture.weapon.name}</span>
    </div>
  );
}

function NothingToSee({ picture, onDelete }: { picture: ImageState; onDelete: () => void }) {
  return (
    <div className="card grid content-start overflow-hidden">
      <div className="grid aspect-square place-items-center gap-2 bg-well p-4 text-center text-sm text-soft">
        <span className="grid justify-items-center gap-2">
          <Icon name="warning" size={28} />
          {picture.error ?? m.pictures.failed}
          <DeleteButton onDelete={onDelete} />
        </span>
      </div>
      <Words picture={picture} />
    </div>
  );
}
