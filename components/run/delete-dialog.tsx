"use client";
/** Before a run is deleted: exactly which files go, and how many bytes. This cannot be undone. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { queryKeys } from "@/components/api/query-keys";
import { useFormat } from "@/components/i18n/use-format";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Message } from "@/components/ui/message";
import type { RunSummary } from "@/server/contract/run";
import { FileList } from "./file-list";
import { listRemovals } from "./run-actions";

export interface DeleteDialogProps {
  run: Pick<RunSummary, "id" | "name" | "in_place">;
  onClose: () => void;
  onDelete: () => void;
}

export function DeleteDialog({ run, onClose, onDelete }: DeleteDialogProps) {
  const t = useTranslations("run.deleteDialog");
  const format = useFormat();
  const { data: files, error } = useQuery({
    queryKey: [...queryKeys.run(run.id), "removals"],
    queryFn: ({ signal }) => listRemovals(run.id, signal),
    staleTime: 0,
  });
  const bytes = (files ?? []).reduce((sum, file) => sum + file.bytes, 0);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title", { name: run.name })}>
      {error && <Message kind="bad">{error.message}</Message>}
      {!files && !error && <p className="muted">{t("counting")}</p>}
      {files && (
        <>
          <p>{run.in_place ? t("inPlace") : t("what", { count: files.length, size: format.bytes(bytes) })}</p>
          {files.length > 0 && <FileList files={files} label={t("files")} />}
        </>
      )}
      <div className="row justify-end">
        <Button onClick={onClose}>{t("keep")}</Button>
        <Button
          className="border-bad! text-bad!"
          icon="trash"
          disabled={!files}
          onClick={() => {
            onDelete();
            onClose();
          }}
        >
          {run.in_place ? t("forget") : t("delete", { size: format.bytes(bytes) })}
        </Button>
      </div>
    </Dialog>
  );
}
