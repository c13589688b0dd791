"use client";
/** The settings page. */
import { useTranslations } from "use-intl";
import { QueueSettings } from "../runs/queue-settings";
import { ConsoleFacts } from "./console-facts";
import { DataLimitsSection } from "./data-limits-section";
import { EngineList } from "./engine-list";
import { GpuLibrarySection } from "./gpu-library-section";
import { HubSection } from "./hub-section";
import { LookSection } from "./look-section";

export function SettingsPage() {
  const t = useTranslations("settings");
  return (
    <main id="main" className="page w-full max-w-[880px]">
      <div className="page-head">
        <h1>{t("title")}</h1>
      </div>
      <ConsoleFacts />
      <EngineList />
      <QueueSettings />
      <HubSection />
      <GpuLibrarySection />
      <DataLimitsSection />
      <LookSection />
    </main>
  );
}
