"use client";
/**
 * How a person looks at the charts: smoothing, linear or logarithmic, the x axis, the part zoomed into. It lives in the
 * address, so a link shows the same picture; the last choice (but not the zoom) is remembered for the next run.
 */
import { useCallback, useMemo } from "react";
import { useSearchState } from "@/components/live/use-search-state";
import { X_AXES, type XAxisKind } from "./chart-model";

export interface ChartSettings {
  /** 0 to 0.99; null for LLaMA Board's own weight. */
  weight: number | null;
  scale: "linear" | "log";
  axis: XAxisKind;
  /** The x range shown; null for all of it. An end of null follows the run. */
  zoom: { from: number; to: number | null } | null;
}

const REMEMBERED = "tuneboard.chart";
const KEYS = ["smooth", "scale", "x", "zoom"] as const;

/** The settings in an address, with what is remembered where it says nothing. */
export function readSettings(read: (key: (typeof KEYS)[number]) => string | null): ChartSettings {
  const weight = Number.parseFloat(read("smooth") ?? "");
  const axis = X_AXES.find((candidate) => candidate === read("x")) ?? "step";
  const [from, to] = (read("zoom") ?? "").split("-").map((part) => Number.parseFloat(part));
  const hasZoom = from !== undefined && Number.isFinite(from);
  return {
    weight: weight >= 0 && weight <= 0.99 ? weight : null,
    scale: read("scale") === "log" ? "log" : "linear",
    axis,
    zoom: hasZoom ? { from, to: to !== undefined && Number.isFinite(to) ? to : null } : null,
  };
}

/** What the address says for settings; null where it says nothing, as all is at its default. */
export function writeSettings(settings: ChartSettings): Record<(typeof KEYS)[number], string | null> {
  const { weight, scale, axis, zoom } = settings;
  return {
    smooth: weight === null ? null : String(weight),
    scale: scale === "linear" ? null : scale,
    x: axis === "step" ? null : axis,
    zoom: zoom ? `${round(zoom.from)}-${zoom.to === null ? "" : round(zoom.to)}` : null,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

/** The settings and a function that changes some of them. */
export function useChartSettings(): [ChartSettings, (change: Partial<ChartSettings>) => void] {
  const [search, setSearch] = useSearchState(REMEMBERED);
  const settings = useMemo(() => readSettings((key) => search.get(key) ?? null), [search]);
  const change = useCallback(
    (part: Partial<ChartSettings>) => {
      const next = { ...settings, ...part };
      // Another axis counts in other units, so a zoom would mean another part.
      if (part.axis && part.axis !== settings.axis) next.zoom = null;
      const { zoom, ...remembered } = writeSettings(next);
      setSearch({ ...remembered, zoom }, remembered);
    },
    [settings, setSearch],
  );
  return [settings, change];
}
