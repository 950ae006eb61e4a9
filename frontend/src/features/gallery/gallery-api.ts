import { get, remove } from "@/lib/api";
import type { ImagePage } from "@/lib/types";

const PAGE_SIZE = 24;

/** The slayer's pictures, the latest first; `before` is the `next` of the page before. */
export function listPictures(before: string | null, signal?: AbortSignal): Promise<ImagePage> {
  const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(before ? { before } : {}) });
  return get<ImagePage>(`/images?${query.toString()}`, { signal });
}

export function deletePicture(imageId: string): Promise<void> {
  return remove(`/images/${encodeURIComponent(imageId)}`);
}
