"use client";
/** Before a run stops: what will happen to it. */
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { RunSummary } from "@/server/contract/run";

export interface StopDialogProps {
  run: RunSummary;
  open: boolean;
  onClose: () => void;
  onStop: () => void;
}

export function StopDialog({ run, open, onClose, onStop }: StopDialogProps) {
  const t = useTranslations("run.stopDialog");
  const queued = run.status === "queued";
  const step = run.step + 1;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t(queued ? "titleQueued" : "title", { name: run.name })}
    >
      <p>
        {queued
          ? t("queued")
          : run.step > 0
            ? t("training", { step, total: run.total_steps })
            : t("beforeTraining")}
      </p>
      {!queued && run.engine === "llamafactory" && <p className="muted">{t("llamafactory")}</p>}
      <div className="row justify-end">
        <Button onClick={onClose}>{t("keepGoing")}</Button>
        <Button
          kind="primary"
          icon="stop"
          onClick={() => {
            onStop();
            onClose();
          }}
        >
          {t(queued ? "remove" : "stop")}
        </Button>
      </div>
    </Dialog>
  );
}
