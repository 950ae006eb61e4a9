import { between, type Span } from "@/features/chat/near";

/** So many turns are always in the page, where its own search finds them. Of a longer conversation, those that are near. */
const WHOLE = 40;
/** Screens beyond the edge of what is seen: drawn, and as high as they are, before the reader is there. */
const AHEAD = 1.5;
/** Of a turn that was never drawn, in pixels. */
const USUAL = 480;
/** Turns that a conversation opens with: it opens at its end. */
const FIRST = 10;

/**
 * Which turns of a conversation are drawn: all of a short one, those around what is being read of a long one.
 *
 * What is drawn is measured, and keeps its room when it is left out. Where a turn turns out higher than was thought, the browser
 * keeps the reader's place (scroll anchoring); where it cannot (Safari), `settle` does. A store outside React, as it follows the
 * page's own scrolling and sizes.
 */
export class NearTurns {
  private keys: readonly string[] = [];
  private span: Span = { from: 0, to: 0 };
  private focused: string | null = null;
  private near: readonly string[] = [];
  private readonly heights = new Map<string, number>();
  private readonly sizes = new ResizeObserver((entries) => this.measure(entries));
  private room: HTMLElement | null = null;
  private list: HTMLElement | null = null;
  private stood: { element: Element; top: number } | null = null;
  private frame = 0;
  private tell: () => void = () => undefined;

  /** For `useSyncExternalStore`. */
  readonly subscribe = (tell: () => void): (() => void) => {
    this.tell = tell;
    return () => {
      this.tell = () => undefined;
    };
  };

  /** Follows the scrolling of `room` until what it gives back is called. */
  follow(room: HTMLElement, list: HTMLElement): () => void {
    Object.assign(this, { room, list });
    room.addEventListener("scroll", this.later, { passive: true });
    this.sizes.observe(room);
    return () => {
      room.removeEventListener("scroll", this.later);
      this.sizes.unobserve(room);
      cancelAnimationFrame(this.frame);
      Object.assign(this, { room: null, list: null });
    };
  }

  /** The turns to be drawn of those that the conversation has, by their keys; the same object until it changes. */
  of(keys: readonly string[]): readonly string[] {
    if (same(keys, this.keys)) return this.near;
    const known = this.keys.length;
    this.keys = keys;
    if (keys.length > WHOLE && known > WHOLE) this.later();
    else this.span = { from: keys.length > WHOLE ? keys.length - FIRST : 0, to: keys.length };
    return this.choose();
  }

  /** Keeps the turn with the focus: taking it away would throw the keyboard out of the conversation. */
  focus(key: string | null): void {
    this.focused = key;
    this.choose();
  }

  /** What each turn takes, in pixels: as it was measured, or as turns usually do. */
  highs(keys: readonly string[]): number[] {
    return keys.map((key) => this.heights.get(key) ?? USUAL);
  }

  /** For the `ref` of a turn that is drawn; it says whose it is with `data-turn-key`. */
  readonly drawn = (element: HTMLElement | null) => {
    if (!element) return;
    this.sizes.observe(element);
    return () => this.sizes.unobserve(element);
  };

  /** Puts what was seen back to where it stood, after other turns have been drawn. */
  settle(): void {
    if (this.stood?.element.isConnected && this.room) {
      this.room.scrollTop += this.stood.element.getBoundingClientRect().top - this.stood.top;
    }
    this.stood = null;
  }

  private readonly later = () => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.look);
  };

  private readonly look = () => {
    const { room, list, keys, span } = this;
    // While the slayer is in another room there is nothing to be seen of the conversation.
    if (!room || !list || room.clientHeight === 0 || keys.length <= WHOLE) return;
    const top = room.getBoundingClientRect().top - list.getBoundingClientRect().top;
    const ahead = AHEAD * room.clientHeight;
    const now = between(this.highs(keys), top - ahead, top + room.clientHeight + ahead);
    if (now.from === span.from && now.to === span.to) return;
    this.span = now;
    if (!CSS.supports("overflow-anchor", "auto")) this.stood = this.firstSeen(room, list);
    this.choose();
    this.tell();
  };

  /** What is near, the newest, which may still be written, and what has the focus. */
  private choose(): readonly string[] {
    const { keys, focused } = this;
    const { from, to } = this.span;
    const near = keys.filter((key, at) => (at >= from && at < to) || at === keys.length - 1 || key === focused);
    if (!same(near, this.near)) this.near = near;
    return this.near;
  }

  private measure(entries: readonly ResizeObserverEntry[]): void {
    for (const { target } of entries) {
      const { offsetHeight, dataset } = target as HTMLElement;
      if (offsetHeight > 0 && dataset.turnKey) this.heights.set(dataset.turnKey, offsetHeight);
    }
    this.later();
  }

  private firstSeen(room: HTMLElement, list: HTMLElement) {
    const edge = room.getBoundingClientRect().top;
    for (const element of list.querySelectorAll("[data-turn-key]")) {
      const { top, bottom } = element.getBoundingClientRect();
      if (bottom > edge) return { element, top };
    }
    return null;
  }
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((key, at) => key === other[at]));
}
