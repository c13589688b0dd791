"use client";
/** The form: its sections in the order in which people decide, simple or with everything, or what a search finds. */
import { useCallback, useDeferredValue, useEffect, useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { DataSection } from "./data-section";
import { FindResults } from "./find-results";
import { FirstVisitSections } from "./first-visit";
import type { TrainForm as TrainFormValues } from "./form-defaults";
import { type FormMode, readFormMode, writeFormMode } from "./form-mode";
import { MethodSection } from "./method-section";
import { ModelSection } from "./model-section";
import { MoreSection } from "./more-section";
import { NumbersSection } from "./numbers-section";
import { FirstHead, TrainHead } from "./train-head";
import { trainFormResolver } from "./train-form-resolver";
import { TrainState } from "./train-state";
import type { InitialForm } from "./use-initial-form";
import { WillPanel } from "./will-panel";
import { loadYaml } from "./yaml-text";

export function TrainForm({ initial }: { initial: InitialForm }) {
  const methods = useForm<TrainFormValues>({ defaultValues: initial.form, resolver: trainFormResolver });
  const [mode, setMode] = useState<FormMode>(() => (initial.firstVisit ? "simple" : readFormMode()));
  const [isFirst, setIsFirst] = useState(initial.firstVisit);
  const [find, setFind] = useState("");
  const wanted = useDeferredValue(find.trim());
  const simple = mode === "simple";
  useEffect(loadYamlAtFirstTouch, []);

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

  return (
    <FormProvider {...methods}>
      <TrainState initial={initial} onReveal={reveal}>
        <main className="split" id="main">
          <form className="page pb-6" onSubmit={(event) => event.preventDefault()} noValidate>
            {isFirst ? (
              <FirstHead />
            ) : (
              <TrainHead find={find} onFind={setFind} initial={initial} mode={mode} onMode={changeMode} />
            )}
            {wanted !== "" ? (
              <FindResults text={wanted} onClear={() => setFind("")} />
            ) : (
              <>
                <ModelSection simple={simple} />
                <DataSection simple={simple} />
                {simple ? (
                  <FirstVisitSections isFirst={isFirst} onExpand={() => changeMode("advanced")} />
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
          <WillPanel simple={isFirst} />
        </main>
      </TrainState>
    </FormProvider>
  );
}

/** Pasted, dropped or typed text may need the library; a page that is only looked at does not. */
function loadYamlAtFirstTouch(): () => void {
  const load = () => void loadYaml();
  const touches = ["pointerdown", "keydown", "focusin", "dragenter"] as const;
  for (const touch of touches) window.addEventListener(touch, load, { once: true });
  return () => {
    for (const touch of touches) window.removeEventListener(touch, load);
  };
}
