"use client";
/** Several files on their way in: how far each is, with a button to take it off or to try it again. */
import { useTranslations } from "use-intl";
import { useFormat } from "../i18n/use-format";
import { Button, IconButton } from "../ui/button";
import { Progress } from "../ui/meter";
import type { IncomingFile } from "./incoming-queue";
import type { IncomingControls } from "./use-incoming";

export function IncomingList({ incoming }: { incoming: IncomingControls }) {
  const t = useTranslations("datasets.add");
  const { files, remove, retry } = incoming;
  return (
    <ul className="max-h-60 overflow-y-auto" aria-label={t("list")} tabIndex={0}>
      {files.map((file) => (
        <li key={file.key} className="row gap-3 border-b border-line py-1.5">
          <span className="clip min-w-0 flex-1" title={file.name}>
            {file.name}
          </span>
          <FileState file={file} />
          {file.step.is === "failed" && (
            <Button
              size="sm"
              onClick={() => retry(file.key)}
              aria-label={t("retryNamed", { name: file.name })}
            >
              {t("retry")}
            </Button>
          )}
          <IconButton
            icon="close"
            label={t("takeOff", { name: file.name })}
            onClick={() => remove([file.key])}
          />
        </li>
      ))}
    </ul>
  );
}

function FileState({ file: { name, step } }: { file: IncomingFile }) {
  const t = useTranslations("datasets.add");
  const format = useFormat();
  switch (step.is) {
    case "waiting":
      return <span className="faint small">{t("waits")}</span>;
    case "sending":
      return (
        <span className="row gap-2">
          <Progress className="w-20" value={step.received} max={step.size} label={t("sendingOf", { name })} />
          <span className="muted small nowrap">
            {t("sent", { received: format.bytes(step.received), size: format.bytes(step.size) })}
          </span>
        </span>
      );
    case "looking":
      return <span className="muted small">{t("reading")}</span>;
    case "ready":
      return <span className="muted small nowrap">{format.bytes(step.facts.bytes)}</span>;
    case "failed":
      return <span className="small max-w-1/2 wrap-anywhere text-bad!">{step.reason}</span>;
  }
}
