"use client";
/** Language and theme. */
import { useState, useSyncExternalStore } from "react";
import { useLocale, useTranslations } from "use-intl";
import { LANGUAGE_NAME, type Locale, LOCALES } from "../i18n/locale";
import { useSetLocale } from "../shell/language-menu";
import { applyTheme, chosenTheme, type Theme, THEMES } from "../shell/theme";
import { Segmented } from "../ui/segmented";

const THEME_WORD = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

export function LookSection() {
  const t = useTranslations("settings");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const setLocale = useSetLocale();
  const inBrowser = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
  const [picked, setPicked] = useState<Theme | null>(null);
  const theme = picked ?? (inBrowser ? chosenTheme() : "system");
  return (
    <section className="sect">
      <h2>{t("look")}</h2>
      <div>
        <div className="row row--wrap">
          <span className="muted w-24">{shell("theme")}</span>
          <Segmented<Theme>
            aria-label={shell("theme")}
            value={theme}
            options={THEMES.map((value) => ({ value, label: shell(THEME_WORD[value]) }))}
            onChange={(value) => {
              setPicked(value);
              applyTheme(value);
            }}
          />
        </div>
        <div className="row row--wrap">
          <span className="muted w-24">{shell("language")}</span>
          <Segmented<Locale>
            aria-label={shell("language")}
            value={locale}
            options={LOCALES.map((value) => ({ value, label: LANGUAGE_NAME[value] }))}
            onChange={setLocale}
          />
        </div>
      </div>
    </section>
  );
}
