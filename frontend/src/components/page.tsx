import { useEffect, useRef, type ReactNode, type RefObject } from "react";
import { useRoomTitle } from "@/lib/use-room-title";

interface PageProps {
  title: string;
  aside?: ReactNode;
  /** Above the heading, such as the way back. */
  above?: ReactNode;
  /** For who moves the focus to the heading, such as when what had it is gone. */
  headingRef?: RefObject<HTMLHeadingElement | null>;
  children: ReactNode;
}

/** A room of the dojo with its heading. Whoever comes in by keyboard or screen reader starts at the heading. */
export function Page({ title, aside, above, headingRef, children }: PageProps) {
  const own = useRef<HTMLHeadingElement>(null);
  const heading = headingRef ?? own;
  useRoomTitle(title);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [heading]);
  return (
    <div className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain" data-room={title}>
      <div className="mx-auto grid w-full max-w-6xl grid-cols-1 gap-5 px-4 py-6 sm:px-6 sm:py-8">
        <header className="grid gap-2">
          {above}
          <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
            <h1 ref={heading} tabIndex={-1} className="text-3xl outline-none sm:text-[2.2rem]">
              {title}
            </h1>
            {aside}
          </div>
        </header>
        {children}
      </div>
    </div>
  );
}
