"use client";
/** One row as the conversation that it holds, or as it stands where it has a shape of its own. */
import { useTranslations } from "use-intl";
import type { DatasetEntry } from "@/server/contract/dataset-info";
import { turnsOf } from "@/server/contract/dataset-row";

export function RowTurns({ row, entry }: { row: unknown; entry?: DatasetEntry }) {
  const t = useTranslations("datasets.speaker");
  const turns = turnsOf(row, entry);
  if (!turns)
    return <pre className="mono wrap-anywhere whitespace-pre-wrap">{JSON.stringify(row, null, 2)}</pre>;
  return (
    <dl>
      {turns.map((turn, index) => (
        <div key={index} className="turn">
          <dt>{t(turn.speaker)}</dt>
          <dd>{turn.text}</dd>
        </div>
      ))}
    </dl>
  );
}
