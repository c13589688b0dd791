"use client";
/** What is wrong with a dataset, line by line, each with the way to the rows and the way out. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { DatasetDetail, Survey } from "@/server/contract/datasets";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { Progress } from "../ui/meter";
import { editRows, surveyQuery } from "./dataset-queries";
import { useDone } from "./use-done";

export interface HealthLinesProps {
  dataset: DatasetDetail;
  /** Brings a row into sight. */
  onShow: (row: number) => void;
}

export function HealthLines({ dataset, onShow }: HealthLinesProps) {
  const t = useTranslations("datasets.survey");
  const say = useSay();
  const { data: survey, error } = useQuery(surveyQuery(dataset.name, dataset.problem === null));
  if (dataset.problem !== null) return <Message kind="bad">{say(dataset.problem)}</Message>;
  if (error) return <Message kind="bad">{error.message}</Message>;
  if (!survey) return null;
  const isFine = survey.bad.count + survey.empty.count + survey.copies.count === 0;
  return (
    <ul className="grid gap-1 text-md" aria-label={t("title")}>
      {survey.bad.first[0] && <BadRows survey={survey} onShow={onShow} />}
      <Line
        count={survey.empty.count}
        rows={survey.empty.first}
        words={(count, row) => t("empty", { count, row })}
        dataset={dataset}
        rowsRead={survey.rows_read}
        drop={t("dropEmpty")}
        onShow={onShow}
      />
      <Line
        count={survey.copies.count}
        rows={survey.copies.first}
        words={(count, row) => t("copies", { count, row })}
        dataset={dataset}
        rowsRead={survey.rows_read}
        drop={t("dropCopies")}
        onShow={onShow}
      />
      {survey.state === "running" ? <Running survey={survey} /> : isFine && <Fine survey={survey} />}
    </ul>
  );
}

function BadRows({ survey, onShow }: { survey: Survey; onShow: (row: number) => void }) {
  const t = useTranslations("datasets");
  const say = useSay();
  const first = survey.bad.first[0]!;
  return (
    <li className="row row--wrap between">
      <Message kind="bad">
        {t("survey.bad", { count: survey.bad.count, row: first.row + 1, reason: say(first.message) })}
        {first.place && ` (${t("place", first.place)})`}
      </Message>
      <Button kind="ghost" size="sm" onClick={() => onShow(first.row)}>
        {t("survey.show")}
      </Button>
    </li>
  );
}

interface LineProps {
  count: number;
  rows: readonly number[];
  words: (count: number, row: number) => string;
  dataset: DatasetDetail;
  /** Rows of the whole file. */
  rowsRead: number;
  drop: string;
  onShow: (row: number) => void;
}

function Line({ count, rows, words, dataset, rowsRead, drop, onShow }: LineProps) {
  const t = useTranslations("datasets.survey");
  const done = useDone();
  const dropping = useMutation({
    mutationFn: () =>
      editRows(dataset.name, { edits: rows.map((row) => ({ row, value: null })), of: rowsRead }),
    onSuccess: ({ undo }) => done(t("dropped", { count: rows.length }), undo),
  });
  if (count === 0) return null;
  // A list that was cut short cannot be dropped as a whole.
  const canDrop = dataset.editable && rows.length === count;
  return (
    <li className="row row--wrap between">
      <Message kind="warn">{words(count, rows[0]! + 1)}</Message>
      <span className="row">
        <Button kind="ghost" size="sm" onClick={() => onShow(rows[0]!)}>
          {t("show")}
        </Button>
        {canDrop && (
          <Button size="sm" disabled={dropping.isPending} onClick={() => dropping.mutate()}>
            {drop}
          </Button>
        )}
      </span>
      {dropping.error && <Message kind="bad">{dropping.error.message}</Message>}
    </li>
  );
}

function Running({ survey }: { survey: Survey }) {
  const t = useTranslations("datasets.survey");
  const format = useFormat();
  return (
    <li className="row muted">
      <Progress className="w-24" value={survey.share} max={1} label={t("running")} />
      {t("runningSays", { count: format.count(survey.rows_read) })}
    </li>
  );
}

function Fine({ survey }: { survey: Survey }) {
  const t = useTranslations("datasets.survey");
  return (
    <li>
      <Message kind="ok">{t("fine", { count: survey.rows_read })}</Message>
    </li>
  );
}
