"use client";
/**
 * An answer as markdown: no raw HTML, no pictures from anywhere (their description instead), links in a new tab. Words
 * that the base did not say are marked where a base is given.
 */
import { memo } from "react";
import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { markAgainst } from "./mark-nodes";

export interface AnswerTextProps {
  text: string;
  /** What the base said to the same question; null marks nothing. */
  base: string | null;
  /** Still coming: a caret stands at its end. */
  writing: boolean;
}

const PLUGINS = [remarkGfm];

/** The page's reset takes margins and bullets away; an answer needs them back. */
const PROSE =
  "answer wrap-anywhere [&>*+*]:mt-2 [&_ul]:list-disc [&_ul]:pl-5 [&_ol]:list-decimal [&_ol]:pl-5 " +
  "[&_blockquote]:border-l-2 [&_blockquote]:border-line-2 [&_blockquote]:pl-2 [&_h1]:text-lg [&_th]:px-2 [&_td]:h-8 [&_td]:px-2";

const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ alt }) => <span className="faint">[{alt}]</span>,
  pre: ({ children }) => <pre className="code my-2">{children}</pre>,
  table: ({ children }) => (
    <div className="tw my-2">
      <table>{children}</table>
    </div>
  ),
};

const CARET =
  "[&>:last-child]:after:ml-px [&>:last-child]:after:inline-block [&>:last-child]:after:h-[15px] [&>:last-child]:after:w-[7px] " +
  "[&>:last-child]:after:bg-accent [&>:last-child]:after:align-[-2px] [&>:last-child]:after:content-['']";

export const AnswerText = memo(function AnswerText({ text, base, writing }: AnswerTextProps) {
  return (
    <div className={writing ? `${PROSE} ${CARET}` : PROSE}>
      <Markdown
        remarkPlugins={PLUGINS}
        rehypePlugins={base === null ? undefined : [markAgainst(base)]}
        components={COMPONENTS}
      >
        {text}
      </Markdown>
    </div>
  );
});
