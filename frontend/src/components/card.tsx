import { useId, type ReactNode } from "react";

interface CardProps {
  title: string;
  aside?: ReactNode;
  about?: string;
  className?: string;
  children: ReactNode;
}

/** A part of a page under its own heading. */
export function Card({ title, aside, about, className = "", children }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={`card grid content-start gap-4 p-4 sm:p-5 ${className}`}>
      <header className="grid gap-0.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 id={id} className="text-lg">
            {title}
          </h2>
          {aside ? <div className="text-sm text-soft">{aside}</div> : null}
        </div>
        {about ? <p className="text-sm text-soft">{about}</p> : null}
      </header>
      {children}
    </section>
  );
}
