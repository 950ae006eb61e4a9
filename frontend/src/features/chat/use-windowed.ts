import { useCallback, useEffect, useRef, useState } from "react";

const FIRST = 24;
/** Few at a time: drawing them must fit between two frames or so. */
const STEP = 8;

/**
 * The last turns of a long conversation; earlier ones when the reader nears them.
 *
 * A conversation of thousands of turns is drawn a screenful or two at a time. What is added above does not move what is read:
 * browsers keep the reader's place themselves (scroll anchoring).
 */
export function useWindowed(total: number, conversation: string | null) {
  const [shown, setShown] = useState({ of: conversation, count: FIRST });
  if (shown.of !== conversation) setShown({ of: conversation, count: FIRST });
  const scroller = useRef<HTMLDivElement>(null);
  const sentinel = useRef<HTMLDivElement>(null);
  const first = Math.max(0, total - shown.count);
  const earlier = useCallback(() => {
    // At the very top browsers keep no place: the reader would stay there, and one page after the other would follow.
    if (scroller.current?.scrollTop === 0) scroller.current.scrollTop = 1;
    setShown((before) => ({ ...before, count: before.count + STEP }));
  }, []);

  useEffect(() => {
    const element = sentinel.current;
    if (!element || first === 0) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) earlier();
      },
      { root: scroller.current, rootMargin: "900px 0px 0px 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [first, earlier]);

  return { first, scroller, sentinel, earlier };
}
