/** The two languages of the console, and how one is chosen: the cookie, else what the browser asks for. */
export const LOCALES = ["en", "zh"] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = "tuneboard_language";

/** The `lang` attribute that belongs to a locale. */
export const LANGUAGE_TAG: Record<Locale, string> = { en: "en-GB", zh: "zh-CN" };

/** The language to start with, from the cookie's value and the Accept-Language header. */
export function chooseLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (cookie === "en" || cookie === "zh") return cookie;
  for (const part of (acceptLanguage ?? "").split(",")) {
    const language = part.trim().slice(0, 2).toLowerCase();
    if (language === "en" || language === "zh") return language;
  }
  return "en";
}
