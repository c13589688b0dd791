"use client";
/** A measured number as people read it. */
import { useFormat } from "../i18n/use-format";
import type { Measure } from "./evaluation-measures";

/** @returns a function from a measure and its value to text */
export function useMeasureText(): (measure: Measure, value: number) => string {
  const format = useFormat();
  return ({ kind }, value) => {
    switch (kind) {
      case "percent":
        return value.toFixed(1);
      case "loss":
        return format.loss(value);
      case "share":
        return format.percent(value);
      case "seconds":
        return format.duration(value);
      case "rate":
        return value.toFixed(2);
    }
  };
}
