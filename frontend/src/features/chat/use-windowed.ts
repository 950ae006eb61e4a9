import { useCallback, useEffect, useRef, useState } from "react";

const STEP = 24;

/**
 * The last turns of a long conversation; earlier ones when the reader nears them.
 *
 * A conversation of thousands of turns is drawn a screenful or two at a time. What is added above does not move what is read:
 * browsers keep the reader's place themselves (scroll anchoring).
 */
export function useWindowed(total: number, conversation: string | null) {
  const [shown, setShown] = useState({ of: conversation, count: STEP });
  if (shown.of !== conversation) setShown({ of: conversation, count: STEP });
  const sentinel = useRef<HTMLDivElement>(null);
  const first = Math.max(0, total - shown.count);
  const earlier = useCallback(() => setShown((before) => ({ ...before, count: before.count + STEP })), []);

  useEffect(() => {
    const element = sentinel.current;
    if (!element || first === 0) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) earlier();
      },
      { rootMargin: "900px 0px 0px 0px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [first, earlier]);

  return { first, sentinel, earlier };
}
