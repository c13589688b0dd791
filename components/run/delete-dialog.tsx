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
import { listRemovals } from "./run-actions";

export interface DeleteDialogProps {
  run: Pick<RunSummary, "id" | "name">;
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
          <p>{t("what", { count: files.length, size: format.bytes(bytes) })}</p>
          <ul
            className="max-h-60 overflow-auto border-y border-line text-md"
            tabIndex={0}
            aria-label={t("files")}
          >
            {files.map((file) => (
              <li key={file.name} className="row between py-1">
                <code className="clip">{file.name}</code>
                <span className="muted nowrap">{format.bytes(file.bytes)}</span>
              </li>
            ))}
          </ul>
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
          {t("delete", { size: format.bytes(bytes) })}
        </Button>
      </div>
    </Dialog>
  );
}
