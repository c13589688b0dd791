"use client";
/** Problems that the rules and the console report in English, in the page's language. */
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { Problem } from "@/server/contract/problem";
import { useSay } from "../i18n/use-say";
import { useFieldWords } from "./field-words";
import { fieldOfArgument } from "./form-config";
import { isSetting } from "./form-defaults";

/** Fields beside the settings table that have a name. */
const OWN_FIELDS = ["template", "adapter_name_or_path", "val_size", "finetuning_type", "stage"] as const;

export function useProblemWords(): (problem: Problem) => Problem {
  const locale = useLocale();
  const t = useTranslations("train");
  const { nameOf: labelOf } = useFieldWords();
  const say = useSay();
  return useMemo(() => {
    const nameOf = (argument: string) => {
      const field = fieldOfArgument(argument);
      if (isSetting(field)) return labelOf(field);
      const own = OWN_FIELDS.find((each) => each === field);
      return own ? labelOf(own) : argument;
    };
    const fixLabel = (set: Record<string, unknown>) =>
      Object.entries(set)
        .map(([name, value]) =>
          value === null
            ? t("fix.remove", { name: nameOf(name) })
            : t("fix.set", {
                name: nameOf(name),
                value: typeof value === "string" ? value : JSON.stringify(value),
              }),
        )
        .join(t("fix.and"));
    return (problem) => {
      if (locale === "en") return problem;
      const { fix } = problem;
      return {
        ...problem,
        message: say(problem.message),
        ...(fix && { fix: { label: fixLabel(fix.set), set: fix.set } }),
      };
    };
  }, [locale, labelOf, say, t]);
}
