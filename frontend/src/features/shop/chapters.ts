import { anchorOf } from "@/lib/places";
import type { Manual } from "@/lib/types";

type Section = Manual["sections"][number];

export interface Part {
  /** The last heading of the path; null for text right under the chapter's. */
  name: string | null;
  text: string;
}

export interface Chapter {
  name: string;
  /** For the address: #drills. */
  anchor: string;
  parts: Part[];
}

/** The passages of a manual as chapters: what stands under one second-level heading, in order. */
export function chaptersOf(sections: readonly Section[]): Chapter[] {
  const chapters: Chapter[] = [];
  for (const { heading, text } of sections) {
    const [name = "", ...below] = heading.split(" > ");
    let chapter = chapters.at(-1);
    if (chapter?.name !== name) {
      chapter = { name, anchor: anchorOf(name), parts: [] };
      chapters.push(chapter);
    }
    const part = below.join(": ") || null;
    const before = chapter.parts.at(-1);
    // A long section was cut into passages: here it is whole again.
    if (before?.name === part) before.text += `\n\n${text}`;
    else chapter.parts.push({ name: part, text });
  }
  return chapters;
}
