"use client";
/** The strip that is always there: machine, runs that are going, search, connection, language, theme. */
import { useTranslations } from "use-intl";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { ConnectionDot } from "./connection-dot";
import { DeviceStatus } from "./device-status";
import { LanguageMenu } from "./language-menu";
import { RunPills } from "./run-pills";
import { applyTheme, visibleTheme } from "./theme";

export function TopStrip({ onSearch }: { onSearch: () => void }) {
  const t = useTranslations("shell");
  return (
    <header className="top">
      <DeviceStatus />
      <span className="sep wide-only" />
      <RunPills />
      <span className="grow" />
      <button type="button" className="find wide-only max-[960px]:hidden" onClick={onSearch}>
        <Icon name="search" />
        {t("search")}
        <kbd>⌘K</kbd>
      </button>
      <ConnectionDot />
      <LanguageMenu />
      <IconButton
        icon="theme"
        label={t("switchTheme")}
        onClick={() => applyTheme(visibleTheme() === "dark" ? "light" : "dark")}
      />
    </header>
  );
}
