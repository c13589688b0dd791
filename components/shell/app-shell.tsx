"use client";
/** The frame around every page. A page renders its own <main id="main">. */
import { type ReactNode, useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { CommandPalette } from "./command-palette";
import { BottomBar, Rail } from "./rail";
import { TopStrip } from "./top-strip";
import { useShortcuts } from "./use-shortcuts";

export function AppShell({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const [searching, setSearching] = useState(false);
  const openSearch = useCallback(() => setSearching(true), []);
  useShortcuts(openSearch);
  return (
    <>
      <a className="skip btn" href="#main">
        {t("skip")}
      </a>
      <div className="app">
        <Rail />
        <div className="main">
          <TopStrip onSearch={openSearch} />
          {children}
        </div>
      </div>
      <BottomBar />
      <CommandPalette open={searching} onOpenChange={setSearching} />
    </>
  );
}
