"use client";
/** The panel beside the charts: log, config, files, machine. */
import { useTranslations } from "use-intl";
import { Tabs } from "@/components/ui/tabs";
import { SamplesPanel } from "@/components/samples/samples-panel";
import type { RunDetail } from "@/server/contract/run";
import { SAMPLES_FILE } from "@/server/contract/run-files";
import { changedFromDefault } from "./changed-config";
import { ConfigView } from "./config-view";
import { FilesView, ownFiles } from "./files-view";
import { LogView } from "./log-view";
import { MachineView } from "./machine-view";

export const SIDE_TABS = ["samples", "log", "config", "files", "machine"] as const;
export type SideTab = (typeof SIDE_TABS)[number];

export interface RunSideProps {
  run: RunDetail;
  tab: SideTab;
  onTab: (tab: SideTab) => void;
}

export function RunSide({ run, tab, onTab }: RunSideProps) {
  const t = useTranslations("run.side");
  return (
    <aside className="side" id="side" aria-label={t("label")}>
      <div className="stick">
        <Tabs
          value={tab}
          onChange={onTab}
          aria-label={t("label")}
          listClassName="px-5 pt-1 max-wide:px-4"
          tabs={[
            ...(hasSamples(run) ? [{ value: "samples" as const, label: t("samples") }] : []),
            { value: "log", label: t("log") },
            { value: "config", label: t("config"), count: changedFromDefault(run.config).length },
            { value: "files", label: t("files"), count: ownFiles(run).length },
            { value: "machine", label: t("machine") },
          ]}
        >
          <SidePanel run={run} tab={tab} />
        </Tabs>
      </div>
    </aside>
  );
}

/** Whether the run was asked to answer questions, or has answered some. */
export function hasSamples(run: RunDetail): boolean {
  return run.config.sample_prompts !== undefined || run.files.some(({ name }) => name === SAMPLES_FILE);
}

function SidePanel({ run, tab }: { run: RunDetail; tab: SideTab }) {
  switch (tab) {
    case "samples":
      return <SamplesPanel key={run.id} run={run} />;
    case "log":
      return <LogView key={run.id} id={run.id} />;
    case "config":
      return <ConfigView run={run} />;
    case "files":
      return <FilesView run={run} />;
    case "machine":
      return <MachineView />;
  }
}
