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
import type * as Form from "./whole-form";
import { loadYaml } from "./yaml-text";

/** What checks the form by the schema and the engines' rules. */
export const formRules = lateModule(() => import("./form-rules"));
export type FormRules = typeof Rules;

/** What the form shows beside the first visit's short one. */
export const wholeForm = lateModule(() => import("./whole-form"));
export type WholeForm = typeof Form;

/**
 * Brings everything: on the first visit at the first touch; else the form as soon as it is shown, and what checks and
 * explains it once it stands.
 */
export function useLateParts(isFirstVisit: boolean): void {
  const words = foldedWords(useLocale());
  useEffect(() => {
    const check = () => {
      formRules.begin();
      words.begin();
    };
    if (!isFirstVisit) wholeForm.begin();
    const callOff = isFirstVisit ? undefined : whenCalm(check);
    const stop = atFirstTouch(() => {
      wholeForm.begin();
      check();
      // Pasted, dropped or typed text may need the YAML library; a page that is only looked at does not.
      void loadYaml();
    });
    return () => {
      callOff?.();
      stop();
    };
  }, [isFirstVisit, words]);
}
