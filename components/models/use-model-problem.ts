"use client";
/** What is wrong with a model's folder, in the page's language. The console says it in English, in more detail. */
import { useLocale, useTranslations } from "use-intl";
import type { ModelSummary } from "@/server/contract/api";

/** Kinds whose details (a file, a line) only the console's own words have. */
const DETAILED: readonly ModelSummary["health"][] = ["bad_config", "broken_weights", "missing_shard"];

export function useModelProblem(): (model: ModelSummary) => string | null {
  const locale = useLocale();
  const t = useTranslations("models.problem");
  return ({ health, problem, family }) => {
    if (problem === null || health === "ready" || locale === "en") return problem;
    const sentence = t(health, { family: family ?? "?" });
    return DETAILED.includes(health) ? t("detail", { sentence, detail: problem }) : sentence;
  };
}
