"use client";
/** Asks the console what would happen if the form started now, a moment after the last change. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { readEngineWish } from "@/server/contract/engine-names";
import { forecastQuery, type ForecastRequest } from "../api/queries";
import { formToConfig } from "./form-config";
import type { TrainForm } from "./form-defaults";

/** On top of the pause in typing after which a form is asked about at all. */
const DEBOUNCE_MS = 100;

/** The form as the console takes it. */
export function requestOf(form: TrainForm): ForecastRequest {
  return { config: formToConfig(form), engine: readEngineWish(form.engine) ?? "auto" };
}

export function useForecast(form: TrainForm) {
  const wanted = useMemo(() => JSON.stringify(requestOf(form)), [form]);
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    if (wanted === asked) return;
    const timer = setTimeout(() => setAsked(wanted), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [wanted, asked]);

  const request = useMemo(() => JSON.parse(asked) as ForecastRequest, [asked]);
  const query = useQuery({
    ...forecastQuery(request),
    // The first thing missing is said by the form itself; the console has nothing to look at yet.
    enabled: request.config["model_name_or_path"] !== "",
  });
  return {
    forecast: query.data ?? null,
    error: query.error?.message ?? null,
    isChecking: query.isFetching || wanted !== asked,
  };
}
