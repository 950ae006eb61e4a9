import { useId } from "react";
import { Link } from "wouter";
import { Loaded } from "@/components/loaded";
import { m } from "@/lib/messages";
import { PLACES } from "@/lib/places";
import { RECORD } from "@/lib/queries";
import type { ImagePage } from "@/lib/types";
import { useFetched } from "@/lib/use-fetched";

/** The latest pictures in a row, on the slayer's page; all of them hang in the gallery. */
export function GalleryStrip() {
  const id = useId();
  const pictures = useFetched<ImagePage>("/images?limit=12", RECORD);
  return (
    <section aria-labelledby={id} className="card grid content-start gap-4 p-4 sm:p-5 lg:col-span-2">
      <header className="flex items-baseline justify-between gap-4">
        <h2 id={id} className="text-lg">
          {m.slayer.gallery}
        </h2>
        <Link href={PLACES.gallery} className="text-sm text-accent underline">
          {m.slayer.all}
        </Link>
      </header>
      <Loaded source={pictures}>
        {({ items }) => {
          const finished = items.filter((picture) => picture.thumbnail !== null);
          if (finished.length === 0) return <p className="text-soft">{m.pictures.none}</p>;
          return (
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-3">
              {finished.map((picture) => (
                <li key={picture.image_id}>
                  <Link href={PLACES.gallery} className="block rounded-lg">
                    <img
                      src={picture.thumbnail ?? undefined}
                      alt={picture.alt}
                      width={128}
                      height={128}
                      loading="lazy"
                      className="aspect-square w-full rounded-lg border border-line object-cover"
                    />
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </section>
  );
}
