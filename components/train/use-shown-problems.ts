"use client";
/** The form's problems in words: those of the rules and the schema at once, the console's as they come. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { EngineId } from "@/server/contract/api";
import type { Problem } from "@/server/contract/problem";
import type { TrainForm } from "./form-defaults";
import { datasetsQuery } from "../api/queries";
import { useSay } from "../i18n/use-say";
import { datasetFindings, type Finding, mergeProblems, type ShownProblem } from "./form-problems";
import type { FormRules } from "./late-parts";
import { useProblemWords } from "./use-problem-words";

export interface ProblemSources {
  /** What checks the form here; null while it is on its way. */
  rules: FormRules | null;
  /** What the console said. */
  remote: readonly Problem[];
  /** The engine that it would take; null while it has not said. */
  engine: EngineId | null;
}

export function useShownProblems(
  form: TrainForm,
  { rules, remote, engine }: ProblemSources,
): readonly ShownProblem[] {
  const t = useTranslations("train.problem");
  const say = useFindingWords();
  const translate = useProblemWords();
  const { data: datasets } = useQuery(datasetsQuery);
  return useMemo(() => {
    const found = [...(rules?.schemaFindings(form) ?? []), ...datasetFindings(form, datasets?.items ?? [])];
    const local = found.map(({ field, argument, finding }): ShownProblem => ({
      field,
      argument,
      severity: "error",
      message: say(finding),
      terse: true,
      ...(finding.key === "unknownNear" && {
        fix: {
          label: t("useArgument", { name: finding.nearest }),
          set: { [finding.name]: null, [finding.nearest]: finding.value },
        },
      }),
    }));
    const others = [...(rules?.ruleProblems(form, engine) ?? []), ...remote];
    return mergeProblems(local, others.map(translate));
  }, [form, datasets, rules, remote, engine, say, translate, t]);
}

function useFindingWords(): (finding: Finding) => string {
  const t = useTranslations("train.problem");
  const say = useSay();
  return useMemo(
    () => (finding) => {
      switch (finding.key) {
        case "chooseModel":
        case "chooseData":
        case "number":
        case "whole":
        case "notMapping":
          return t(finding.key);
        case "atLeast":
        case "above":
        case "atMost":
          return t(finding.key, { limit: finding.limit });
        case "needsPairs":
        case "hasPairs":
          return t(finding.key, { name: finding.name });
        case "syntax":
          return t("syntax", { detail: finding.detail });
        case "other":
          return t("other", { detail: say(finding.detail) });
        case "unknown":
          return t("unknown", { name: finding.name });
        case "unknownNear":
          return t("unknownNear", { name: finding.name, nearest: finding.nearest });
      }
    },
    [say, t],
  );
}
