"use client";
/** The button that saves what a chart shows: every logged value as CSV, the drawing as PNG. */
import type { RefObject } from "react";
import { useTranslations } from "use-intl";
import { callApi } from "@/components/api/client";
import type { MetricsReply } from "@/components/live/use-live";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { saveFile } from "@/components/ui/save-file";
import { useToast } from "@/components/ui/toast";
import { chartPng, curvesCsv } from "./export-chart";
import { runCurve } from "./run-curve";

export interface ExportMenuProps {
  runs: readonly { id: string; name: string }[];
  /** What holds the drawing. */
  figure: RefObject<HTMLElement | null>;
  /** The files' name without its ending. */
  fileName: string;
}

export function ExportMenu({ runs, figure, fileName }: ExportMenuProps) {
  const t = useTranslations("run.chart");
  const toast = useToast();
  const failed = (error: unknown) =>
    toast({ kind: "bad", text: error instanceof Error ? error.message : String(error) });

  async function csv() {
    // The page may hold a thinned curve; a file holds every line.
    const curves = await Promise.all(
      runs.map(async ({ id, name }) => {
        const reply = await callApi<MetricsReply>(`/api/runs/${encodeURIComponent(id)}/metrics`);
        return { name, curve: runCurve(reply.items) };
      }),
    );
    saveFile(new Blob([curvesCsv(curves)], { type: "text/csv;charset=utf-8" }), `${fileName}.csv`);
  }

  async function png() {
    const svg = figure.current?.querySelector<SVGSVGElement>("svg.recharts-surface");
    if (svg) saveFile(await chartPng(svg), `${fileName}.png`);
  }

  return (
    <Menu
      items={[
        { key: "csv", label: t("saveCsv"), icon: "download", onSelect: () => void csv().catch(failed) },
        { key: "png", label: t("savePng"), icon: "download", onSelect: () => void png().catch(failed) },
      ]}
    >
      <button type="button" className="btn btn--icon btn--sm" aria-label={t("save")} title={t("save")}>
        <Icon name="download" />
      </button>
    </Menu>
  );
}
