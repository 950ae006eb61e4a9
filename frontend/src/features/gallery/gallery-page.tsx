import { m } from "@/lib/messages";
import { useRef, useState } from "react";
import { Alert } from "@/components/alert";
import { Icon } from "@/components/icon";
import { Page } from "@/components/page";
import { PictureView } from "@/components/picture-view";
import { DeleteButton } from "@/features/gallery/delete-button";
import { PictureTile } from "@/features/gallery/picture-tile";
import { useGallery } from "@/features/gallery/use-gallery";
import { wishFor } from "@/lib/picture";
import type { ImageState } from "@/lib/types";

interface GalleryPageProps {
  /** Takes the beginning of a wish to the dojo's message box. */
  onCompose: (text: string) => void;
}

/** Every picture of the slayer, the latest first. */
export function GalleryPage({ onCompose }: GalleryPageProps) {
  const { pictures: all, problem, more, update, discard } = useGallery();
  // What was called off is nothing to hang up.
  const pictures = all?.filter((one) => one.status !== "cancelled");
  const [openId, setOpenId] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const finished = pictures?.filter((one) => one.file !== null) ?? [];
  const shown = finished.find((one) => one.image_id === openId) ?? null;

  function turn(by: -1 | 1) {
    const at = finished.findIndex((one) => one.image_id === openId);
    setOpenId(finished.at((at + by + finished.length) % finished.length)?.image_id ?? null);
  }

  async function throwAway(picture: ImageState) {
    if (!(await discard(picture.image_id))) return;
    setOpenId(null);
    // What was focused is gone with the picture.
    heading.current?.focus();
  }

  return (
    <Page
      title={m.pictures.title}
      headingRef={heading}
      aside={
        <p role="status" className="text-soft">
          {pictures ? countOf(pictures.length, more !== null) : problem ? "" : m.common.looking}
        </p>
      }
    >
      {problem ? <Alert>{problem}</Alert> : null}
      {pictures?.length === 0 ? <Empty onCompose={onCompose} /> : null}
      <ul
        className="grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4 xl:grid-cols-5"
        aria-label={m.pictures.list}
      >
        {pictures?.map((picture) => (
          <li key={picture.image_id} className="grid">
            <PictureTile
              picture={picture}
              onChange={update}
              onOpen={() => setOpenId(picture.image_id)}
              onDelete={() => void throwAway(picture)}
            />
          </li>
        ))}
      </ul>
      {more ? (
        <button type="button" className="button justify-self-center" onClick={more}>
          {m.pictures.older}
        </button>
      ) : null}
      <PictureView
        state={shown}
        onClose={() => setOpenId(null)}
        onAgain={(picture) => {
          setOpenId(null);
          onCompose(wishFor(picture));
        }}
        onTurn={finished.length > 1 ? turn : undefined}
      >
        {shown ? <DeleteButton key={shown.image_id} onDelete={() => void throwAway(shown)} /> : null}
      </PictureView>
    </Page>
  );
}

function countOf(count: number, more: boolean): string {
  return more ? m.pictures.latest(count) : m.pictures.count(count);
}

function Empty({ onCompose }: { onCompose: (text: string) => void }) {
  return (
    <div className="grid justify-items-center gap-4 py-12 text-center">
      <span className="text-accent">
        <Icon name="frame" size={48} />
      </span>
      <p className="max-w-prose text-soft">{m.pictures.none}</p>
      <button type="button" className="button button-strong" onClick={() => onCompose(m.pictures.askWish)}>
        {m.pictures.ask}
      </button>
    </div>
  );
}
