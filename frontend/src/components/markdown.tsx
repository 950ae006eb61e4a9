import { memo, type ReactNode } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { ForeignLink } from "@/components/foreign-link";
import { remarkCitations } from "@/components/remark-citations";
import { destinationOf } from "@/lib/links";
import { m } from "@/lib/messages";

interface MarkdownProps {
  text: string;
  /** Draws the marker [n]; without it markers stay plain text. */
  cite?: (n: number) => ReactNode;
}

/** Markdown without raw HTML and images, and with a warning before links that leave the shop: answers quote retrieved text. */
export const Markdown = memo(function Markdown({ text, cite }: MarkdownProps) {
  const components: Components = {
    img: ({ alt }) => <>{alt}</>,
    a: ({ href, children }) => <MarkdownLink href={href}>{children}</MarkdownLink>,
    table: ({ children }) => (
      <div className="table-scroll" role="group" aria-label={m.common.table} tabIndex={0}>
        <table>{children}</table>
      </div>
    ),
  };
  if (cite) {
    // The word joiner keeps the chip on the line of the word that it belongs to.
    components.cite = ({ children }) => (
      <span className="whitespace-nowrap">
        {"\u2060"}
        {cite(typeof children === "string" ? Number(children) : 0)}
      </span>
    );
  }
  return (
    <div className="prose">
      <ReactMarkdown skipHtml remarkPlugins={cite ? [remarkGfm, remarkCitations] : [remarkGfm]} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

/** A link of the shop, one that asks before it leaves, or the bare words. */
function MarkdownLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  const to = destinationOf(href, window.location.origin);
  if (to.kind === "foreign") return <ForeignLink to={to.url}>{children}</ForeignLink>;
  if (to.kind === "none") return <span>{children}</span>;
  return (
    <a href={to.href} className="text-accent underline">
      {children}
    </a>
  );
}
