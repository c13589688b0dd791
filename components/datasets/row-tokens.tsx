"use client";
/** One row as training sees it: the template's text, or its tokens with those that count marked. */
import { Fragment } from "react";
import { useTranslations } from "use-intl";
import type { RenderedRow } from "@/server/contract/datasets";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { Message } from "../ui/message";

type RenderedText = RenderedRow["texts"][number];

export interface RenderedProps {
  row: RenderedRow;
  as: "text" | "tokens";
}

export function Rendered({ row, as }: RenderedProps) {
  const t = useTranslations("datasets.rendered");
  const say = useSay();
  if (row.problem !== null) return <Message kind="warn">{say(row.problem)}</Message>;
  return row.texts.map((text) => (
    <div key={text.label} className="grid gap-1.5 py-1">
      {text.label !== "row" && <p className="faint small">{t(text.label)}</p>}
      <TokenCounts text={text} />
      {as === "text" ? (
        <pre className="mono wrap-anywhere whitespace-pre-wrap">{text.text}</pre>
      ) : (
        <Tokens tokens={text.tokens} />
      )}
    </div>
  ));
}

function TokenCounts({ text }: { text: RenderedText }) {
  const t = useTranslations("datasets.rendered");
  const format = useFormat();
  const learned = text.tokens.filter(([, counts]) => counts).length;
  const lost = text.length - text.tokens.length;
  return (
    <p className="row row--wrap small muted gap-x-4 gap-y-1">
      <span>
        <span className="tk tk--on mono">{t("learned", { count: format.count(learned) })}</span>{" "}
        {t("learnedSays")}
      </span>
      <span>
        <span className="tk mono">{t("masked", { count: format.count(text.tokens.length - learned) })}</span>{" "}
        {t("maskedSays")}
      </span>
      <span>{t("inAll", { count: format.count(text.tokens.length) })}</span>
      {lost > 0 && <span className="t-warn">{t("cut", { count: format.count(lost) })}</span>}
    </p>
  );
}

function Tokens({ tokens }: { tokens: RenderedText["tokens"] }) {
  return (
    <p className="tokens">
      {tokens.map(([text, counts], index) => (
        <Fragment key={index}>
          <span className={counts ? "tk tk--on" : "tk"}>{shown(text)}</span>
          {text.includes("\n") ? <br /> : <wbr />}
        </Fragment>
      ))}
    </p>
  );
}

/** Line ends are shown as such; a token that only completes a letter shows as a dot. */
function shown(text: string): string {
  return text === "" ? "·" : text.replaceAll("\n", "⏎").replaceAll("\t", "⇥");
}
