"use client";
/** What the parts of the train page share beside the form itself: problems, the forecast, and the ways to act on them. */
import { createContext, useContext } from "react";
import type { Forecast } from "@/server/contract/api";
import type { FieldName, TrainForm } from "./form-defaults";
import type { ShownProblem } from "./form-problems";

export interface TrainPageState {
  problems: readonly ShownProblem[];
  forecast: Forecast | null;
  /** Why there is no forecast, in words; null where there is one or it is being made. */
  forecastError: string | null;
  /** The forecast on the screen is of an earlier form. */
  isChecking: boolean;
  isStarting: boolean;
  /** Why the last start failed. */
  startError: string | null;
  applyFix: (set: Record<string, unknown>) => void;
  replaceForm: (form: TrainForm) => void;
  showField: (field: FieldName) => void;
  start: () => void;
}

export const TrainContext = createContext<TrainPageState | null>(null);

export function useTrainPage(): TrainPageState {
  const state = useContext(TrainContext);
  if (!state) throw new Error("useTrainPage is for parts of the train page.");
  return state;
}
