"use client";
/** Every entry of dataset_info.json: size, kind, how it stands, which runs used it. */
import { useQueries } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import type { DatasetListItem } from "@/server/contract/datasets";
import type { RunSummary } from "@/server/contract/run";
import { useFormat } from "../i18n/use-format";
import { Exact } from "../ui/exact";
import { surveyQuery } from "./dataset-queries";
import { HealthMark } from "./health-mark";

export interface DatasetTableProps {
  datasets: readonly DatasetListItem[];
  runs: readonly RunSummary[];
  selected: string;
  onSelect: (name: string) => void;
}

/** Files up to this size are checked row by row without being asked to. */
const CHECKED_BYTES = 32e6;

export function DatasetTable({ datasets, runs, selected, onSelect }: DatasetTableProps) {
  const t = useTranslations("datasets");
  const surveys = useQueries({
    queries: datasets.map(({ name, problem, bytes }) =>
      surveyQuery(name, problem === null && (name === selected || (bytes ?? Infinity) <= CHECKED_BYTES)),
    ),
    combine: (results) => new Map(results.map((result, i) => [datasets[i]!.name, result.data ?? null])),
  });
  return (
    <div className="tw">
      <table>
        <caption className="vh">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("columns.name")}</th>
            <th scope="col" className="n">
              {t("columns.rows")}
            </th>
            <th scope="col" className="wide-only">
              {t("columns.shape")}
            </th>
            <th scope="col">{t("columns.health")}</th>
            <th scope="col" className="wide-only">
              {t("columns.usedBy")}
            </th>
          </tr>
        </thead>
        <tbody>
          {datasets.map((dataset) => (
            <DatasetRow
              key={dataset.name}
              dataset={dataset}
              health={<HealthMark dataset={dataset} survey={surveys.get(dataset.name) ?? dataset.survey} />}
              uses={runs.filter((run) => run.datasets.includes(dataset.name)).length}
              isSelected={dataset.name === selected}
              onSelect={onSelect}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DatasetRowProps {
  dataset: DatasetListItem;
  health: React.ReactNode;
  uses: number;
  isSelected: boolean;
  onSelect: (name: string) => void;
}

function DatasetRow({ dataset, health, uses, isSelected, onSelect }: DatasetRowProps) {
  const t = useTranslations("datasets");
  const format = useFormat();
  return (
    <tr className={isSelected ? "sel" : undefined}>
      <td className="max-w-52 wide:max-w-44">
        <button
          type="button"
          className="btn btn--link clip block max-w-full text-left font-medium text-fg!"
          aria-pressed={isSelected}
          title={dataset.name}
          onClick={() => onSelect(dataset.name)}
        >
          {dataset.name}
        </button>
      </td>
      <td className="n">
        {dataset.rows === null ? "–" : <Exact value={dataset.rows}>{format.count(dataset.rows)}</Exact>}
      </td>
      <td className="muted wide-only">
        {t(`shape.${dataset.shape}`)}
        {dataset.file_kind && <span className="faint"> {dataset.file_kind.replace(".", "")}</span>}
      </td>
      <td>{health}</td>
      <td className="muted wide-only">
        {uses === 0 ? (
          "–"
        ) : (
          <Link prefetch={false} href={`/runs?data=${encodeURIComponent(dataset.name)}`}>
            {t("uses", { count: uses })}
          </Link>
        )}
      </td>
    </tr>
  );
}
