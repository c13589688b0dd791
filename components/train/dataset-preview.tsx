"use client";
/** The rows of a chosen dataset, one at a time, as the conversation that the model will see. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { datasetRowsQuery } from "../api/queries";
import { useFormat } from "../i18n/use-format";
import { IconButton } from "../ui/button";
import { Message } from "../ui/message";
import { Segmented } from "../ui/segmented";
import { turnsOf } from "./dataset-row";

export function DatasetPreview({ names }: { names: readonly string[] }) {
  const t = useTranslations("train.data");
  const format = useFormat();
  const [picked, setPicked] = useState(names[0] ?? "");
  const [row, setRow] = useState(0);
  const name = names.includes(picked) ? picked : (names[0] ?? "");
  const { data, error } = useQuery(datasetRowsQuery(name, row, 1));
  const total = data?.total ?? 0;

  function pick(next: string) {
    setPicked(next);
    setRow(0);
  }

  if (error) return <Message kind="bad">{t("unreadable", { reason: error.message })}</Message>;
  return (
    <div className="rounded-md border border-line text-md">
      <div className="row between border-b border-line px-3 py-1.5">
        <span className="row">
          {names.length > 1 && (
            <Segmented
              small
              aria-label={t("preview")}
              value={name}
              options={names.map((each) => ({ value: each, label: each }))}
              onChange={pick}
            />
          )}
          <span className="faint small nowrap">
            {total > 0 && t("rowOf", { row: format.count(row + 1), total: format.count(total) })}
          </span>
        </span>
        <span className="row">
          <IconButton
            icon="left"
            label={t("previous")}
            disabled={row === 0}
            onClick={() => setRow(row - 1)}
          />
          <IconButton
            icon="right"
            label={t("next")}
            disabled={row + 1 >= total}
            onClick={() => setRow(row + 1)}
          />
        </span>
      </div>
      <div className="max-h-80 overflow-y-auto px-3 py-2" tabIndex={0} role="group" aria-label={t("preview")}>
        {data && data.items.length > 0 && <RowTurns row={data.items[0]} />}
      </div>
    </div>
  );
}

function RowTurns({ row }: { row: unknown }) {
  const t = useTranslations("train.data.speaker");
  const turns = turnsOf(row);
  if (!turns)
    return <pre className="mono wrap-anywhere whitespace-pre-wrap">{JSON.stringify(row, null, 2)}</pre>;
  return (
    <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-3 gap-y-1.5">
      {turns.map((turn, index) => (
        <div key={index} className="contents">
          <dt className="faint">{t(turn.speaker)}</dt>
          <dd className="wrap-anywhere whitespace-pre-wrap">{turn.text}</dd>
        </div>
      ))}
    </dl>
  );
}
