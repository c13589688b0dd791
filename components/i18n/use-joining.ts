/** How the language that is on joins phrases: the mark between two facts, two sentences, a name and its value. */
import { useMemo } from "react";
import { useLocale } from "use-intl";
import { type Locale, UNSPACED } from "./locale";

/** Between facts, between clauses of one sentence, and after a name; Chinese and Japanese have full-width marks. */
const MARKS: Record<Locale, { fact: string; clause: string; value: string }> = {
  en: { fact: ", ", clause: "; ", value: ": " },
  zh: { fact: "，", clause: "；", value: "：" },
  ru: { fact: ", ", clause: "; ", value: ": " },
  ko: { fact: ", ", clause: "; ", value: ": " },
  ja: { fact: "、", clause: "、", value: "：" },
};

export function useJoining() {
  const locale = useLocale();
  return useMemo(() => {
    const marks = MARKS[locale];
    return {
      /** "101 rows, 12 kB" */
      facts: (parts: readonly string[]) => parts.join(marks.fact),
      /** Parts too long for a comma, of one sentence. */
      clauses: (parts: readonly string[]) => parts.join(marks.clause),
      /** Sentences that end in a mark of their own. */
      sentences: (parts: readonly string[]) => parts.join(UNSPACED.has(locale) ? "" : " "),
      /** "Template: chatml" */
      named: (name: string, value: string | number) => `${name}${marks.value}${value}`,
    };
  }, [locale]);
}
