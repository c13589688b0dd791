"use client";
/** The form with everything around it: checks while typing, the draft, the panel, Start. */
import { useEffect, useMemo, useState } from "react";
import { FormProvider, useForm, useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { writeDraft } from "./draft";
import { FindResults } from "./find-results";
import { FirstVisitSections } from "./first-visit";
import { patchForm } from "./form-config";
import { DataSection } from "./data-section";
import type { TrainForm as TrainFormValues } from "./form-defaults";
import { fixForAll } from "./form-problems";
import { MethodSection } from "./method-section";
import { ModelSection } from "./model-section";
import { MoreSection } from "./more-section";
import { NumbersSection } from "./numbers-section";
import { showField } from "./show-field";
import { TrainContext, type TrainPageState } from "./train-context";
import { FirstHead, TrainHead } from "./train-head";
import { trainFormResolver } from "./train-form-resolver";
import { useForecast } from "./use-forecast";
import type { InitialForm } from "./use-initial-form";
import { useShownProblems } from "./use-shown-problems";
import { useStart } from "./use-start";
import { WillPanel } from "./will-panel";

export function TrainForm({ initial }: { initial: InitialForm }) {
  const t = useTranslations("train");
  const methods = useForm<TrainFormValues>({ defaultValues: initial.form, resolver: trainFormResolver });
  const { control, reset, getValues, handleSubmit } = methods;
  const form = useWatch({ control }) as TrainFormValues;
  const [simple, setSimple] = useState(initial.firstVisit);
  const [find, setFind] = useState("");

  const { forecast, error: forecastError, isChecking } = useForecast(form);
  const { start, forget, isStarting, error: startError, problems: refused } = useStart();
  const remote = useMemo(() => [...(forecast?.problems ?? []), ...refused], [forecast, refused]);
  const problems = useShownProblems(form, remote);

  useEffect(() => keepDraft(form, initial), [form, initial]);
  // A change may have mended what the last start failed on.
  useEffect(() => forget(), [form, forget]);

  const state: TrainPageState = {
    problems,
    forecast,
    forecastError,
    isChecking,
    isStarting,
    startError: startError === null ? null : t("startFailed", { reason: startError }),
    replaceForm: reset,
    applyFix: (set) => reset(patchForm(getValues(), set)),
    showField: (field) => {
      setSimple(false);
      setFind("");
      showField(field);
    },
    start: () => void submit(),
  };

  async function submit() {
    const fix = fixForAll(problems);
    if (fix) reset(patchForm(getValues(), fix.set));
    const first = problems.find((problem) => problem.severity === "error");
    if (first && !fix) state.showField(first.field);
    else await handleSubmit((values) => start(values))();
  }
  useStartKey(state.start);

  return (
    <FormProvider {...methods}>
      <TrainContext value={state}>
        <main className="split" id="main">
          <form className="page pb-6" onSubmit={(event) => event.preventDefault()} noValidate>
            {simple ? <FirstHead /> : <TrainHead find={find} onFind={setFind} initial={initial} />}
            {find.trim() !== "" ? (
              <FindResults text={find.trim()} onClear={() => setFind("")} />
            ) : (
              <>
                <ModelSection simple={simple} />
                <DataSection simple={simple} />
                {simple ? (
                  <FirstVisitSections onExpand={() => setSimple(false)} />
                ) : (
                  <>
                    <MethodSection />
                    <NumbersSection />
                    <MoreSection />
                  </>
                )}
              </>
            )}
          </form>
          <WillPanel simple={simple} />
        </main>
      </TrainContext>
    </FormProvider>
  );
}

/**
 * Keeps the form once somebody changed it: until then a second look is a first visit again, and a link to another run's
 * settings does not replace the draft. From then on the address names no run, so that a reload brings the changes back.
 */
function keepDraft(form: TrainFormValues, initial: InitialForm) {
  if (JSON.stringify(form) === JSON.stringify(initial.form)) return;
  writeDraft(form);
  if (window.location.search) window.history.replaceState(null, "", window.location.pathname);
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
