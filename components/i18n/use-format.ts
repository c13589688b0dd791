"use client";
/** The number formats of `numbers.ts`, bound to the language that is on. */
import { useMemo } from "react";
import { useLocale } from "use-intl";
import * as numbers from "./numbers";

export function useFormat() {
  const locale = useLocale();
  return useMemo(
    () => ({
      count: (value: number) => numbers.formatCount(value, locale),
      rate: numbers.formatRate,
      loss: numbers.formatLoss,
      duration: (seconds: number) => numbers.formatDuration(seconds, locale),
      bytes: numbers.formatBytes,
      gigabytes: numbers.formatGigabytes,
      parameters: (value: number) => numbers.formatParameters(value, locale),
      percent: numbers.formatPercent,
      when: (iso: string) => numbers.formatWhen(iso, locale),
      clock: (date: Date) => numbers.formatClock(date, locale),
    }),
    [locale],
  );
}
