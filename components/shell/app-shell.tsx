"use client";
/** The frame around every page. A page renders its own <main id="main">. */
import dynamic from "next/dynamic";
import { type ReactNode, useCallback, useState } from "react";
import { useTranslations } from "use-intl";
import { useWordsForSilence } from "../i18n/use-say";
import { BottomBar, Rail } from "./rail";
import { TopStrip } from "./top-strip";
import { useShortcuts } from "./use-shortcuts";

const CommandPalette = dynamic(() => import("./command-palette").then((loaded) => loaded.CommandPalette));

export function AppShell({ children }: { children: ReactNode }) {
  const t = useTranslations("shell");
  const [searching, setSearching] = useState(false);
  const openSearch = useCallback(() => setSearching(true), []);
  useShortcuts(openSearch);
  useWordsForSilence();
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
      {searching && <CommandPalette onClose={() => setSearching(false)} />}
    </>
  );
}
