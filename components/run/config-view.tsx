"use client";
/** The run's settings: what differs from the default, or all; and the file itself to copy. */
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "@/components/ui/copy-button";
import { Segmented } from "@/components/ui/segmented";
import type { RunDetail } from "@/server/contract/run";
import { changedFromDefault, valueText } from "./changed-config";

export function ConfigView({ run }: { run: RunDetail }) {
  const t = useTranslations("run.config");
  const [shown, setShown] = useState<"changed" | "all">("changed");
  const entries = shown === "changed" ? changedFromDefault(run.config) : Object.entries(run.config);
  return (
    <div className="flex flex-col gap-3 px-5 pt-3 pb-5 max-wide:px-4">
      <div className="row between">
        <Segmented
          small
          aria-label={t("which")}
          value={shown}
          onChange={setShown}
          options={[
            { value: "changed", label: t("changed") },
            { value: "all", label: t("all", { count: Object.keys(run.config).length }) },
          ]}
        />
        <CopyButton text={run.yaml} />
      </div>
      <pre className="code wrap-anywhere whitespace-pre-wrap" tabIndex={0} aria-label={t("label")}>
        {entries.map(([name, value]) => (
          <span key={name}>
            {name}: <b title={String(value)}>{valueText(value)}</b>
            {"\n"}
          </span>
        ))}
      </pre>
      <h3>{t("command")}</h3>
      <div className="flex items-start gap-3">
        <pre className="code min-w-0 grow wrap-anywhere whitespace-pre-wrap">{run.command}</pre>
        <CopyButton text={run.command} />
      </div>
      <h3>{t("engine")}</h3>
      <p className="text-md">
        {t(`engineName.${run.engine}`)}
        {run.engine_reason && <span className="muted block wrap-anywhere">{run.engine_reason}</span>}
      </p>
      <h3>{t("folder")}</h3>
      <code className="muted wrap-anywhere">{run.folder}</code>
    </div>
  );
}
