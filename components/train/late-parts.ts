"use client";
/**
 * The parts of the form that come late: they weigh as much as the rest of the page, and a first visit, which shows the
 * starter's numbers, needs none of them until somebody touches it.
 */
import { useEffect } from "react";
import { lateModule } from "../ui/late-module";
import { atFirstTouch } from "../ui/first-touch";
import type * as Rules from "./form-rules";
import type * as Form from "./whole-form";
import { loadYaml } from "./yaml-text";

/** What checks the form by the schema and the engines' rules. */
export const formRules = lateModule(() => import("./form-rules"));
export type FormRules = typeof Rules;

/** What the form shows beside the first visit's short one. */
export const wholeForm = lateModule(() => import("./whole-form"));
export type WholeForm = typeof Form;

/** Brings everything: on the first visit at the first touch, else as soon as the form is shown. */
export function useLateParts(isFirstVisit: boolean): void {
  useEffect(() => {
    const begin = () => {
      formRules.begin();
      wholeForm.begin();
    };
    if (!isFirstVisit) begin();
    return atFirstTouch(() => {
      begin();
      // Pasted, dropped or typed text may need the YAML library; a page that is only looked at does not.
      void loadYaml();
    });
  }, [isFirstVisit]);
}
