"use client";
/** Asks the console what would happen if the form started now, a moment after the last change. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { forecastQuery } from "../api/queries";
import { formToConfig } from "./form-config";
import type { TrainForm } from "./form-defaults";

const DEBOUNCE_MS = 250;

export function useForecast(form: TrainForm) {
  const wanted = JSON.stringify(formToConfig(form));
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    if (wanted === asked) return;
    const timer = setTimeout(() => setAsked(wanted), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [wanted, asked]);

  const config = JSON.parse(asked) as Record<string, unknown>;
  const query = useQuery({
    ...forecastQuery({ config }),
    // The first thing missing is said by the form itself; the console has nothing to look at yet.
    enabled: config["model_name_or_path"] !== "",
  });
  return {
    forecast: query.data ?? null,
    error: query.error?.message ?? null,
    isChecking: query.isFetching || wanted !== asked,
  };
}
