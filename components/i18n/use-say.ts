"use client";
/** The console's sentences in the page's language. The words come when there is something to say; until then it is English. */
import { useEffect } from "react";
import { useLocale } from "use-intl";
import { type LateModule, lateModule } from "../ui/late-module";
import { LOCALES, type Locale } from "./locale";
import { type Say, sayBy } from "./phrasebook";

interface Book {
  module: LateModule<{ say: Say }>;
  /** Says nothing in this language yet, and sends for the words. */
  asking: Say;
}

const asItIs: Say = (sentence) => sentence;

function bookOf(fetchPhrases: () => Promise<{ default: Readonly<Record<string, string>> }>): Book {
  const module = lateModule(async () => ({ say: sayBy((await fetchPhrases()).default) }));
  const asking: Say = (sentence) => {
    if (sentence !== "") module.begin();
    return sentence;
  };
  return { module, asking };
}

const BOOKS: Record<Locale, Book> = {
  en: { module: lateModule(() => Promise.resolve({ say: asItIs })), asking: asItIs },
  zh: bookOf(() => import("./zh/phrases")),
  ru: bookOf(() => import("./ru/phrases")),
  ko: bookOf(() => import("./ko/phrases")),
  ja: bookOf(() => import("./ja/phrases")),
};

/** Says sentences of the console; the same function until the words are there. */
export function useSay(): Say {
  const { module, asking } = BOOKS[useLocale()];
  return module.useIfThere()?.say ?? asking;
}

/** Says one sentence outside of components, in the language of the document. */
export async function sayInPage(sentence: string): Promise<string> {
  if (typeof document === "undefined") return sentence;
  const language = document.documentElement.lang.slice(0, 2);
  const locale = LOCALES.find((each) => each === language) ?? "en";
  if (locale === "en") return sentence;
  return BOOKS[locale].module.load().then(
    ({ say }) => say(sentence),
    () => sentence,
  );
}

/** Brings the words in a quiet moment: when the console falls silent, it is too late to ask it for them. */
export function useWordsForSilence(): void {
  const locale = useLocale();
  useEffect(() => {
    if (locale === "en") return;
    const timer = setTimeout(() => BOOKS[locale].module.begin(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [locale]);
}

const QUIET_MS = 5_000;
