"use client";
/** What the parts of the train page share beside the form itself: problems, the forecast, and the ways to act on them. */
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Forecast } from "@/server/contract/api";
import type { UsualValue } from "@/server/contract/usual-values";
import type { FieldName, TrainForm } from "./form-defaults";
import { problemAt, type ShownProblem } from "./form-problems";

export interface TrainPageState {
  /** The form as of the last moment in which nobody typed. */
  form: TrainForm;
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

/**
 * The problems by field, for fields: with two hundred of them on the page, typing into one must not draw the others
 * again, as a context would.
 */
export class ProblemBoard {
  #problems: readonly ShownProblem[] = [];
  readonly #listeners = new Set<() => void>();

  set(problems: readonly ShownProblem[]): void {
    this.#problems = problems;
    for (const listener of this.#listeners) listener();
  }

  at(field: FieldName): ShownProblem | null {
    return problemAt(this.#problems, field);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** Which engine the form asks for: fields show an engine's limits by it, and need not know the rest. */
export const EngineWishContext = createContext("auto");

/** What is usual for the form's model, method and stage. */
export const UsualContext = createContext<readonly UsualValue[]>([]);

export const ProblemBoardContext = createContext(new ProblemBoard());

/** The gravest problem of a field; draws the caller again only where that one changes. */
export function useProblemAt(field: FieldName): ShownProblem | null {
  const board = useContext(ProblemBoardContext);
  return useSyncExternalStore(
    board.subscribe,
    () => board.at(field),
    () => null,
  );
}
