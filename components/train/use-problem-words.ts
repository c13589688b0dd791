"use client";
/** Problems that the rules and the console report in English, in the page's language where they are known ones. */
import { useMemo } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { Problem } from "@/server/contract/problem";
import { isRuleCode } from "@/server/contract/argument-combinations";
import { fieldOfArgument } from "./form-config";
import { isSetting } from "./form-defaults";

export function useProblemWords(): (problem: Problem) => Problem {
  const locale = useLocale();
  const t = useTranslations("train");
  return useMemo(() => {
    const nameOf = (argument: string) => {
      const field = fieldOfArgument(argument);
      return isSetting(field) ? t(`field.${field}.label`) : argument;
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
      const { code, fix } = problem;
      return {
        ...problem,
        message: code !== undefined && isRuleCode(code) ? t(`rule.${code}`) : problem.message,
        ...(fix && { fix: { label: fixLabel(fix.set), set: fix.set } }),
      };
    };
  }, [locale, t]);
}
