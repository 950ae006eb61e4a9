import { useCallback, useEffect, useState } from "react";
import { deletePicture, listPictures } from "@/features/gallery/gallery-api";
import { isAbort, messageOf } from "@/lib/api";
import type { ImageState } from "@/lib/types";

export interface Gallery {
  /** Null until the first page is here. */
  pictures: ImageState[] | null;
  problem: string | null;
  /** Fetches older ones; null when there are none. */
  more: (() => void) | null;
  /** A picture that was on its way has gone on. */
  update: (state: ImageState) => void;
  /** Deletes a picture; whether it is gone. */
  discard: (imageId: string) => Promise<boolean>;
}

/** The slayer's pictures, page by page. */
export function useGallery(): Gallery {
  const [pictures, setPictures] = useState<ImageState[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const fetchPage = useCallback(
    (before: string | null, signal?: AbortSignal) =>
      listPictures(before, signal).then(
        (page) => {
          // A picture that came in meanwhile moves the pages: none is shown twice.
          setPictures((shown) => [
            ...(before && shown ? shown.filter((one) => !has(page.items, one)) : []),
            ...page.items,
          ]);
          setNext(page.next);
          setProblem(null);
        },
        (error: unknown) => {
          if (!isAbort(error)) setProblem(messageOf(error));
        },
      ),
    [],
  );

  useEffect(() => {
    const controller = new AbortController();
    void fetchPage(null, controller.signal);
    return () => controller.abort();
  }, [fetchPage]);

  const update = useCallback((state: ImageState) => {
    setPictures((shown) => shown?.map((one) => (one.image_id === state.image_id ? state : one)) ?? null);
  }, []);

  const discard = useCallback(async (imageId: string) => {
    try {
      await deletePicture(imageId);
    } catch (error) {
      setProblem(messageOf(error));
      return false;
    }
    setProblem(null);
    setPictures((shown) => shown?.filter((one) => one.image_id !== imageId) ?? null);
    return true;
  }, []);

  return { pictures, problem, more: next ? () => void fetchPage(next) : null, update, discard };
}

function has(pictures: ImageState[], one: ImageState): boolean {
  return pictures.some((other) => other.image_id === one.image_id);
}
