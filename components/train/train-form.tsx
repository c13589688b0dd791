"use client";
/** The form: its sections in the order in which people decide, simple or with everything, or what a search finds. */
import { useCallback, useDeferredValue, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { DataSection } from "./data-section";
import { FirstHead, FirstVisitSections } from "./first-visit";
import type { TrainForm as TrainFormValues } from "./form-defaults";
import { type FormMode, readFormMode, writeFormMode } from "./form-mode";
import { useLateParts, wholeForm } from "./late-parts";
import { ModelSection } from "./model-section";
import { trainFormResolver } from "./train-form-resolver";
import { TrainState } from "./train-state";
import type { InitialForm } from "./use-initial-form";
import { WillPanel } from "./will-panel";

export function TrainForm({ initial }: { initial: InitialForm }) {
  const methods = useForm<TrainFormValues>({ defaultValues: initial.form, resolver: trainFormResolver });
  const [mode, setMode] = useState<FormMode>(() => (initial.firstVisit ? "simple" : readFormMode()));
  const [isFirst, setIsFirst] = useState(initial.firstVisit);
  const [find, setFind] = useState("");
  const wanted = useDeferredValue(find.trim());
  useLateParts(initial);
  const loaded = wholeForm.useLoaded();
  const whole = isFirst ? null : loaded;

  const reveal = useCallback(() => {
    setMode("advanced");
    setIsFirst(false);
    setFind("");
  }, []);
  const changeMode = useCallback((next: FormMode) => {
    setMode(next);
    setIsFirst(false);
    writeFormMode(next);
  }, []);

  const simple = mode === "simple" || whole === null;
  return (
    <FormProvider {...methods}>
      <TrainState initial={initial} onReveal={reveal}>
        <main className="split" id="main">
          <form className="page pb-6" onSubmit={(event) => event.preventDefault()} noValidate>
            {whole ? (
              <whole.TrainHead
                find={find}
                onFind={setFind}
                initial={initial}
                mode={mode}
                onMode={changeMode}
              />
            ) : (
              <FirstHead />
            )}
            {whole && wanted !== "" ? (
              <whole.FindResults text={wanted} onClear={() => setFind("")} />
            ) : (
              <>
                <ModelSection simple={simple} />
                <DataSection simple={simple} />
                {whole && !simple ? (
                  <whole.WholeSections />
                ) : (
                  <FirstVisitSections whole={whole} onExpand={() => changeMode("advanced")} />
                )}
              </>
            )}
          </form>
          <WillPanel whole={whole} />
        </main>
      </TrainState>
    </FormProvider>
  );
}
