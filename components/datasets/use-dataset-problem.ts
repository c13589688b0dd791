"use client";
/** What is wrong with a dataset, in the page's language. The console says it in English, in more detail. */
import { useLocale, useTranslations } from "use-intl";
import type { DatasetFault, DatasetListItem } from "@/server/contract/datasets";

/** Kinds whose details (a line, a column, a key) only the console's own words have. */
const DETAILED: readonly DatasetFault[] = ["broken", "columns", "entry", "kind"];

export function useDatasetProblem(): (dataset: DatasetListItem) => string | null {
  const locale = useLocale();
  const t = useTranslations("datasets.problem");
  return ({ name, file_name: file, fault, problem }) => {
    if (problem === null || fault === null || locale === "en") return problem;
    const sentence = t(fault, { file: file ?? name });
    return DETAILED.includes(fault) ? t("detail", { sentence, detail: problem }) : sentence;
  };
}
