"use client";
/**
 * The rows of an evaluation, worst first unless asked otherwise: prompt, label, and each model's answer with the words
 * marked that the label does not have.
 */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Prediction } from "@/server/contract/evaluation";
import { PREDICTION_ORDERS, type PredictionOrder } from "@/server/contract/evaluation-choices";
import type { RunSummary } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { markWords } from "../chat/word-marks";
import { useFormat } from "../i18n/use-format";
import { IconButton } from "../ui/button";
import { Message } from "../ui/message";
import { Select } from "../ui/select";
import { measureName } from "./evaluation-measures";
import { matchingQuery, PAGE_ROWS, predictionsQuery } from "./evaluation-queries";

export function PredictionList({ evaluations }: { evaluations: readonly RunSummary[] }) {
  const t = useTranslations("evaluate");
  const format = useFormat();
  const [order, setOrder] = useState<PredictionOrder>("rouge-l");
  const [descending, setDescending] = useState(false);
  const [page, setPage] = useState(0);
  const first = evaluations[0]!;
  const other = evaluations[1];
  // While it runs its rows grow; each step may have brought some.
  const state = isEnded(first.status) ? "ended" : String(first.step);
  const { data, error } = useQuery(predictionsQuery(first.id, { order, descending, page }, state));
  const items = data?.items ?? [];
  const { data: matching } = useQuery(
    matchingQuery(
      other?.id ?? "",
      items.map(({ row }) => row),
    ),
  );
  const others = matching && new Map(matching.items.map((item) => [item.row, item]));
  const total = data?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / PAGE_ROWS));

  if (error) return <Message kind="bad">{error.message}</Message>;
  if (!data) return <p className="muted">{t("loadingRows")}</p>;
  if (total === 0) return isEnded(first.status) ? <p className="muted">{t("noRows")}</p> : null;
  return (
    <section aria-label={t("rows")} className="grid gap-3">
      <div className="row row--wrap between">
        <h3>{t("rowCount", { count: total })}</h3>
        <span className="row">
          <Select
            aria-label={t("order")}
            value={`${order} ${descending}`}
            onChange={(value) => {
              const [key, down] = value.split(" ");
              setOrder(key as PredictionOrder);
              setDescending(down === "true");
              setPage(0);
            }}
            options={PREDICTION_ORDERS.flatMap((key) => {
              if (key === "row") return [{ value: "row false", label: t("byRow") }];
              const name = t(`measures.${measureName(key)}`);
              return [
                { value: `${key} false`, label: t("worst", { name }) },
                { value: `${key} true`, label: t("best", { name }) },
              ];
            })}
          />
          <IconButton
            icon="left"
            label={t("before")}
            disabled={page === 0}
            onClick={() => setPage(page - 1)}
          />
          <span className="small faint nowrap">
            {format.count(page + 1)} / {format.count(pages)}
          </span>
          <IconButton
            icon="right"
            label={t("after")}
            disabled={page + 1 >= pages}
            onClick={() => setPage(page + 1)}
          />
        </span>
      </div>
      <ol className="grid gap-0 p-0">
        {items.map((item) => (
          <PredictionRow
            key={item.row}
            item={item}
            names={evaluations.map(({ name }) => name)}
            other={other && others ? (others.get(item.row) ?? null) : undefined}
          />
        ))}
      </ol>
    </section>
  );
}

interface PredictionRowProps {
  item: Prediction;
  names: readonly string[];
  /** undefined: nothing is compared; null: the other one has no such row. */
  other: Prediction | null | undefined;
}

function PredictionRow({ item, names, other }: PredictionRowProps) {
  const t = useTranslations("evaluate");
  const answers = other === undefined ? [item] : [item, other];
  return (
    <li className="grid list-none gap-2 border-t border-line py-3">
      <div className="row between small faint">
        <span>{t("rowNumber", { row: item.row + 1 })}</span>
      </div>
      <p className="muted small max-h-32 overflow-auto wrap-anywhere whitespace-pre-wrap" tabIndex={0}>
        {readable(item.prompt)}
      </p>
      <div className={`grid gap-3 ${answers.length === 1 ? "wide:grid-cols-2" : "wide:grid-cols-3"}`}>
        <Text title={t("label")} scores={null}>
          {item.label}
        </Text>
        {answers.map((answer, i) => (
          <Text key={i} title={names.length > 1 ? names[i]! : t("answer")} scores={answer?.scores ?? null}>
            {answer ? (
              <Marked base={item.label} text={answer.predict} />
            ) : (
              <i className="faint">{t("noSuchRow")}</i>
            )}
          </Text>
        ))}
      </div>
    </li>
  );
}

interface TextProps {
  title: string;
  scores: Prediction["scores"];
  children: React.ReactNode;
}

function Text({ title, scores, children }: TextProps) {
  return (
    <div className="min-w-0">
      <div className="row between small">
        <span className="faint clip">{title}</span>
        {scores && (
          <span className="faint nowrap" title={JSON.stringify(scores)}>
            ROUGE-L {scores["rouge-l"].toFixed(0)} · BLEU {scores["bleu-4"].toFixed(0)}
          </span>
        )}
      </div>
      <p className="max-h-64 overflow-auto wrap-anywhere whitespace-pre-wrap" tabIndex={0}>
        {children}
      </p>
    </div>
  );
}

function Marked({ base, text }: { base: string; text: string }) {
  return markWords(base, text).map(({ text: part, changed }, i) =>
    changed && part.trim() !== "" ? <mark key={i}>{part}</mark> : <span key={i}>{part}</span>,
  );
}

/** A prompt as the model saw it, without the padding that some engines leave in front. */
function readable(prompt: string): string {
  return prompt.replace(/^(?:<\|endoftext\|>|<pad>|<\/s>|\[PAD\])+/, "").trim();
}
