"use client";
/**
 * Watches the form, and tells the page's parts what would come of it: problems, forecast, start. It waits for a pause in
 * typing, so that the letter always comes first.
 */
import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useMemo, useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import { writeDraft } from "./draft";
import { patchForm } from "./form-config";
import type { FieldName, TrainForm } from "./form-defaults";
import { fixForAll } from "./form-problems";
import { formRules } from "./late-parts";
import { showField } from "./show-field";
import {
  EngineWishContext,
  ProblemBoard,
  ProblemBoardContext,
  TrainContext,
  type TrainPageState,
  UsualContext,
} from "./train-context";
import { useCalmForm } from "./use-calm-form";
import { useChosenModel } from "./use-chosen-model";
import { useForecast } from "./use-forecast";
import type { InitialForm } from "./use-initial-form";
import { useShownProblems } from "./use-shown-problems";
import { useStart } from "./use-start";
import { usualFor } from "./usual-settings";

export interface TrainStateProps {
  initial: InitialForm;
  /** Brings a part of the form that is not on the page onto it. */
  onReveal: () => void;
  children: ReactNode;
}

export function TrainState({ initial, onReveal, children }: TrainStateProps) {
  const t = useTranslations("train");
  const { reset, getValues, handleSubmit } = useFormContext<TrainForm>();
  const form = useCalmForm();
  const { forecast, error: forecastError, isChecking } = useForecast(form);
  const { start, forget, isStarting, error, problems: refused } = useStart();
  const remote = useMemo(() => [...(forecast?.problems ?? []), ...refused], [forecast, refused]);
  const rules = formRules.useLoaded();
  const problems = useShownProblems(form, { rules, remote, engine: forecast?.choice.engine ?? null });

  const [board] = useState(() => new ProblemBoard());
  useLayoutEffect(() => board.set(problems), [board, problems]);
  useEffect(() => keepDraft(form, initial), [form, initial]);
  useLastLetter(() => {
    if (isOther(getValues(), initial.form)) writeDraft(getValues());
  });
  // A change may have mended what the last start failed on.
  useEffect(() => forget(), [form, forget]);

  const state = useMemo((): TrainPageState => {
    function show(field: FieldName) {
      onReveal();
      showField(field);
    }
    async function submit() {
      const fix = fixForAll(problems);
      if (fix) reset(patchForm(getValues(), fix.set));
      const first = problems.find((problem) => problem.severity === "error");
      if (first && !fix) show(first.field);
      else await handleSubmit((values) => start(values))();
    }
    return {
      form,
      problems,
      forecast,
      forecastError,
      isChecking,
      isStarting,
      startError: error === null ? null : t("startFailed", { reason: error }),
      replaceForm: reset,
      applyFix: (set) => reset(patchForm(getValues(), set)),
      showField: show,
      start: () => void submit(),
    };
  }, [
    error,
    forecast,
    forecastError,
    form,
    getValues,
    handleSubmit,
    isChecking,
    isStarting,
    onReveal,
    problems,
    reset,
    start,
    t,
  ]);
  useStartKey(state.start);
  const { model } = useChosenModel(form.model_name_or_path);
  const { finetuning_type, stage, rope_scaling } = form;
  const usual = useMemo(
    () => usualFor({ finetuning_type, stage, rope_scaling, model }),
    [finetuning_type, stage, rope_scaling, model],
  );

  return (
    <ProblemBoardContext value={board}>
      <EngineWishContext value={form.engine}>
        <UsualContext value={usual}>
          <TrainContext value={state}>{children}</TrainContext>
        </UsualContext>
      </EngineWishContext>
    </ProblemBoardContext>
  );
}

/**
 * Keeps the form once somebody changed it: until then a second look is a first visit again, and a link to another run's
 * settings does not replace the draft. From then on the address names no run, so that a reload brings the changes back.
 */
function keepDraft(form: TrainForm, initial: InitialForm) {
  if (!isOther(form, initial.form)) return;
  writeDraft(form);
  if (window.location.search || window.location.hash)
    window.history.replaceState(null, "", window.location.pathname);
}

function isOther(form: TrainForm, than: TrainForm): boolean {
  return JSON.stringify(form) !== JSON.stringify(than);
}

/** Who types and leaves at once has not paused: what was typed last is kept on the way out. */
function useLastLetter(keep: () => void) {
  const latest = useEffectEvent(keep);
  useEffect(() => {
    const leave = () => latest();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
}

/** ⌘Enter or Ctrl-Enter starts, from anywhere on the page. */
function useStartKey(start: () => void) {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.repeat) return;
      event.preventDefault();
      start();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [start]);
}
