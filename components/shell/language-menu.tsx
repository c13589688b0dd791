"use client";
/** The languages, each in its own words. The server speaks the chosen language from the next render on; nothing typed is lost. */
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "use-intl";
import { LANGUAGE_NAME, LOCALE_COOKIE, LOCALES, type Locale } from "../i18n/locale";
import { Icon } from "../ui/icon";
import { Menu } from "../ui/menu";
import { writeCookie } from "./theme";

const SHORT: Record<Locale, string> = { en: "EN", zh: "中文", ru: "РУС", ko: "한국어", ja: "日本語" };
/** Changes the language of the page in place. */
export function useSetLocale(): (locale: Locale) => void {
  const router = useRouter();
  return (locale) => {
    writeCookie(LOCALE_COOKIE, locale);
    router.refresh();
  };
}

export function LanguageMenu() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const setLocale = useSetLocale();
  return (
    <Menu
      items={LOCALES.map((value) => ({
        key: value,
        label: LANGUAGE_NAME[value],
        checked: value === locale,
        onSelect: () => setLocale(value),
      }))}
    >
      <button type="button" className="btn btn--ghost btn--sm wide-only">
        <span className="vh">{t("language")}</span>
        {SHORT[locale]}
        <Icon name="down" small />
      </button>
    </Menu>
  );
}
