"use client";
/** Before a run stops: what will happen to it, kept or thrown away (then: exactly which files go). */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { queryKeys } from "@/components/api/query-keys";
import { useFormat } from "@/components/i18n/use-format";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Message } from "@/components/ui/message";
import type { RunSummary } from "@/server/contract/run";
import type { StopRun } from "@/server/contract/run-changes";
import { FileList } from "./file-list";
import { listRemovals } from "./run-actions";

export interface StopDialogProps {
  run: RunSummary;
  onClose: () => void;
  onStop: (wish: StopRun) => void;
}

export function StopDialog({ run, onClose, onStop }: StopDialogProps) {
  const t = useTranslations("run.stopDialog");
  const [discarding, setDiscarding] = useState(false);
  const queued = run.status === "queued";
  const stopping = run.status === "stopping";

  function stop(wish: StopRun) {
    onStop(wish);
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(discarding ? "titleDiscard" : queued ? "titleQueued" : stopping ? "titleStopping" : "title", {
        name: run.name,
      })}
    >
      {discarding ? (
        <DiscardList
          run={run}
          onBack={() => setDiscarding(false)}
          onDiscard={() => stop({ discard: true })}
        />
      ) : (
        <>
          <StopWords run={run} />
          <div className="row row--wrap justify-end">
            {!queued && (
              <Button kind="ghost" className="mr-auto text-bad!" onClick={() => setDiscarding(true)}>
                {t("discard")}
              </Button>
            )}
            <Button onClick={onClose}>{t("keepGoing")}</Button>
            <Button kind="primary" icon="stop" onClick={() => stop(stopping ? { now: true } : {})}>
              {t(queued ? "remove" : stopping ? "now" : "stop")}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function StopWords({ run }: { run: RunSummary }) {
  const t = useTranslations("run.stopDialog");
  if (run.status === "queued") return <p>{t("queued")}</p>;
  if (run.status === "stopping") return <p>{t("stopping")}</p>;
  return (
    <>
      <p>
        {run.step > 0 ? t("training", { step: run.step + 1, total: run.total_steps }) : t("beforeTraining")}
      </p>
      {run.engine === "llamafactory" && <p className="muted">{t("llamafactory")}</p>}
      <p className="muted">{t("patience")}</p>
    </>
  );
}

interface DiscardListProps {
  run: RunSummary;
  onBack: () => void;
  onDiscard: () => void;
}

function DiscardList({ run, onBack, onDiscard }: DiscardListProps) {
  const t = useTranslations("run.stopDialog");
  const format = useFormat();
  const { data: files, error } = useQuery({
    queryKey: [...queryKeys.run(run.id), "removals"],
    queryFn: ({ signal }) => listRemovals(run.id, signal),
    staleTime: 0,
    // The run still writes.
    refetchInterval: 2_000,
  });
  const bytes = (files ?? []).reduce((sum, file) => sum + file.bytes, 0);
  return (
    <>
      {error && <Message kind="bad">{error.message}</Message>}
      <p>{t("discardWhat", { count: files?.length ?? 0, size: format.bytes(bytes) })}</p>
      <FileList files={files ?? []} label={t("discardFiles")} />
      <div className="row justify-end">
        <Button onClick={onBack}>{t("back")}</Button>
        <Button className="border-bad! text-bad!" icon="trash" disabled={!files} onClick={onDiscard}>
          {t("discardNow", { size: format.bytes(bytes) })}
        </Button>
      </div>
    </>
  );
}
