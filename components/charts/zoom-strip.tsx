"use client";
/** The whole curve in small, with two handles that choose the part the charts show. Double click shows all again. */
import { Slider } from "radix-ui";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { ChartModel } from "./chart-model";
import type { ChartSettings } from "./use-chart-settings";

export interface ZoomStripProps {
  model: ChartModel;
  zoom: ChartSettings["zoom"];
  onZoom: (zoom: ChartSettings["zoom"]) => void;
}

/** The slider's own units; fine enough for a pixel. */
const UNITS = 1000;
const MIN_UNITS = 10;
const THUMB = "block h-4 w-1.5 cursor-ew-resize rounded-sm border border-control bg-bg";

export function ZoomStrip({ model, zoom, onZoom }: ZoomStripProps) {
  const t = useTranslations("run.chart");
  const end = model.domain[1];
  const toUnits = (x: number) => Math.min(UNITS, Math.max(0, Math.round((x / end) * UNITS)));
  const value = zoom ? [toUnits(zoom.from), zoom.to === null ? UNITS : toUnits(zoom.to)] : [0, UNITS];
  const path = useMemo(() => strip(model), [model]);

  function onChange([from = 0, to = UNITS]: number[]) {
    if (from === 0 && to === UNITS) onZoom(null);
    else onZoom({ from: (from / UNITS) * end, to: to === UNITS ? null : (to / UNITS) * end });
  }

  return (
    <div className="relative mt-2 mr-3 ml-8 h-8 bg-sunken max-wide:hidden" onDoubleClick={() => onZoom(null)}>
      <svg
        className="h-full w-full"
        viewBox={`0 0 ${UNITS} 32`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path className="fill-none stroke-s1" vectorEffect="non-scaling-stroke" d={path} />
      </svg>
      <Slider.Root
        className="absolute inset-0 flex touch-none items-center"
        value={value}
        min={0}
        max={UNITS}
        step={1}
        minStepsBetweenThumbs={MIN_UNITS}
        onValueChange={onChange}
      >
        <Slider.Track className="relative h-full grow border border-line-2">
          <Slider.Range className={`absolute h-full ${zoom ? "bg-accent/15" : ""}`} />
        </Slider.Track>
        <Slider.Thumb className={THUMB} aria-label={t("zoomFrom")} />
        <Slider.Thumb className={THUMB} aria-label={t("zoomTo")} />
      </Slider.Root>
    </div>
  );
}

function strip(model: ChartModel): string {
  const rows = model.rows.filter((row) => row.loss !== null);
  const losses = rows.map((row) => row.loss!);
  const low = Math.min(...losses);
  const span = Math.max(...losses) - low || 1;
  return rows
    .map((row, index) => {
      const x = ((row.x / model.domain[1]) * UNITS).toFixed(1);
      return `${index === 0 ? "M" : "L"}${x} ${(28 - ((row.loss! - low) / span) * 24).toFixed(1)}`;
    })
    .join("");
}
