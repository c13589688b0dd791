/** The languages of the console, and how one is chosen: the cookie, else what the browser asks for. */
export const LOCALES = ["en", "zh", "ru", "ko", "ja"] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = "tuneboard_language";

/** The `lang` attribute that belongs to a locale; numbers and dates are written as there. */
export const LANGUAGE_TAG: Record<Locale, string> = {
  en: "en-GB",
  zh: "zh-CN",
  ru: "ru-RU",
  ko: "ko-KR",
  ja: "ja-JP",
};

/** Each language in its own words. */
export const LANGUAGE_NAME: Record<Locale, string> = {
  en: "English",
  zh: "中文",
  ru: "Русский",
  ko: "한국어",
  ja: "日本語",
};

/** Languages whose sentences follow one another without a space. */
export const UNSPACED: ReadonlySet<Locale> = new Set<Locale>(["zh", "ja"]);

function isLocale(text: string | undefined): text is Locale {
  return LOCALES.some((locale) => locale === text);
}

/** The language to start with, from the cookie's value and the Accept-Language header (best first, as browsers send it). */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  for (const part of (acceptLanguage ?? "").split(",")) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (isLocale(language)) return language;
  }
  return "en";
}
