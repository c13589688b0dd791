"use client";
/**
 * The parts of the form that come late: they weigh as much as the rest of the page, and a first visit, which shows the
 * starter's numbers, needs none of them until somebody touches it.
 */
import { useEffect } from "react";
import { useLocale } from "use-intl";
import { lateModule } from "../ui/late-module";
import { atFirstTouch } from "../ui/first-touch";
import { whenCalm } from "../ui/when-calm";
import { foldedWords } from "./field-words";
import type * as Rules from "./form-rules";
import type { InitialForm } from "./use-initial-form";
import type * as Form from "./whole-form";
import { loadYaml } from "./yaml-text";

/** What checks the form by the schema and the engines' rules. */
export const formRules = lateModule(() => import("./form-rules"));
export type FormRules = typeof Rules;

/** What the form shows beside the first visit's short one. */
export const wholeForm = lateModule(() => import("./whole-form"));
export type WholeForm = typeof Form;

/**
 * On the first visit everything comes with the first touch. Later the form comes as soon as it is shown, and the names of
 * folded settings once it stands; with them what checks it, unless it holds the starter's numbers still.
 */
export function useLateParts({ firstVisit, isStarter }: Pick<InitialForm, "firstVisit" | "isStarter">): void {
  const words = foldedWords(useLocale());
  useEffect(() => {
    if (!firstVisit) wholeForm.begin();
    const callOff = whenCalm(() => {
      if (!firstVisit) words.begin();
      if (!isStarter) formRules.begin();
    });
    const stop = atFirstTouch(() => {
      wholeForm.begin();
      formRules.begin();
      words.begin();
      // Pasted, dropped or typed text may need the YAML library; a page that is only looked at does not.
      void loadYaml();
    });
    return () => {
      callOff();
      stop();
    };
  }, [firstVisit, isStarter, words]);
}
