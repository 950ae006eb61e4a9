import { en } from "@/lib/messages/en";

/** What a translation must hold: every sentence of the page, under the name that the code knows it by. */
export type Messages = typeof en;

/** The page's words. A second language is a second catalogue of this type, chosen here. */
export const m: Messages = en;
