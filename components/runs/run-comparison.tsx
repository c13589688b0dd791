"use client";
/** Several runs under the list: their losses in one chart, and what differs in their settings. */
import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useRef } from "react";
import { runQuery } from "@/components/api/queries";
import { X_AXES } from "@/components/charts/chart-model";
import { ExportMenu } from "@/components/charts/export-menu";
import { OverlayChart } from "@/components/charts/overlay-chart";
import { useChartSettings } from "@/components/charts/use-chart-settings";
import { useFormat } from "@/components/i18n/use-format";
import { configDifferences, valueText } from "@/components/run/changed-config";
import { Segmented } from "@/components/ui/segmented";
import type { RunSummary } from "@/server/contract/run";
import { Swatch } from "./run-table";

export interface RunComparisonProps {
  runs: readonly RunSummary[];
  colours: ReadonlyMap<string, string>;
}

export function RunComparison({ runs, colours }: RunComparisonProps) {
  const t = useTranslations("runs.comparison");
  const tChart = useTranslations("run.chart");
  const [{ axis }, change] = useChartSettings();
  const figure = useRef<HTMLElement>(null);
  return (
    <section
      className="cmp mt-6 grid grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] gap-8"
      aria-label={t("label")}
    >
      <figure ref={figure}>
        <figcaption className="charthead row--wrap gap-y-1">
          <h2>{t("loss", { count: runs.length })}</h2>
          <span className="faint small">{t("legend")}</span>
          <span className="grow" />
          <Segmented
            small
            aria-label={tChart("axis")}
            value={axis}
            onChange={(next) => change({ axis: next })}
            options={X_AXES.map((value) => ({ value, label: tChart(value) }))}
          />
          <ExportMenu runs={runs} figure={figure} fileName={t("fileName")} />
        </figcaption>
        <OverlayChart runs={runs} colours={colours} axis={axis} />
      </figure>
      <ConfigTable runs={runs} colours={colours} />
    </section>
  );
}

function ConfigTable({ runs, colours }: RunComparisonProps) {
  const t = useTranslations("runs.comparison");
  const format = useFormat();
  const details = useQueries({ queries: runs.map((run) => runQuery(run.id)) });
  const configs = details.map((detail) => detail.data?.config);
  const known = configs.filter((config) => config !== undefined);
  const complete = known.length === runs.length;
  const differences = complete ? configDifferences(known) : [];
  const best = Math.min(...runs.map((run) => run.best_eval_loss ?? Infinity));
  return (
    <div>
      <div className="charthead">
        <h2>{t("differs")}</h2>
        {complete && <span className="faint small">{t("settings", { count: differences.length })}</span>}
      </div>
      <div className="tw" tabIndex={0}>
        <table className="text-md">
          <thead>
            <tr>
              <td className="h-auto! border-line-2!" />
              {runs.map((run) => (
                <th key={run.id} scope="col" className="n" title={run.name}>
                  <Swatch colour={colours.get(run.id) ?? null} />{" "}
                  <span className="clip inline-block max-w-24 align-bottom">{run.name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differences.map((difference) => (
              <tr key={difference.name}>
                <td>
                  <code>{difference.name}</code>
                </td>
                {difference.values.map((value, index) => (
                  <td key={runs[index]!.id} className="n" title={String(value)}>
                    <span className="clip inline-block max-w-40 align-bottom">
                      {difference.odd[index] ? <mark>{valueText(value)}</mark> : valueText(value)}
                    </span>
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <td className="muted">{t("best")}</td>
              {runs.map((run) => (
                <td key={run.id} className={`n ${run.best_eval_loss === best ? "strong" : ""}`}>
                  {run.best_eval_loss === null ? (
                    "–"
                  ) : (
                    <span title={t("bestAt", { step: run.best_step ?? 0 })}>
                      {run.best_eval_loss === best ? (
                        <mark>{format.loss(run.best_eval_loss)}</mark>
                      ) : (
                        format.loss(run.best_eval_loss)
                      )}
                    </span>
                  )}
                </td>
              ))}
            </tr>
            <tr>
              <td className="muted">{t("lastLoss")}</td>
              {runs.map((run) => (
                <td key={run.id} className="n">
                  {run.loss === null ? "–" : format.loss(run.loss)}
                </td>
              ))}
            </tr>
            <tr>
              <td className="muted">{t("took")}</td>
              {runs.map((run) => (
                <td key={run.id} className="n">
                  {run.elapsed_seconds === null ? "–" : format.duration(run.elapsed_seconds)}
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  );
}
