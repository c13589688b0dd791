"use client";
/** Before a model is deleted: exactly which files go, and how many bytes. This cannot be undone. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { ModelSummary } from "@/server/contract/api";
import { queryKeys } from "../api/query-keys";
import { useFormat } from "../i18n/use-format";
import { FileList } from "../run/file-list";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Message } from "../ui/message";
import { useToast } from "../ui/toast";
import { removalOf, removeModel } from "./model-queries";

export function DeleteModelDialog({ model, onClose }: { model: ModelSummary; onClose: () => void }) {
  const t = useTranslations("models.delete");
  const format = useFormat();
  const toast = useToast();
  const queries = useQueryClient();
  const { data: removal, error } = useQuery({
    queryKey: [...queryKeys.model(model.path), "removal"],
    queryFn: ({ signal }) => removalOf(model.path, signal),
    staleTime: 0,
    retry: false,
  });
  const remove = useMutation({
    mutationFn: () => removeModel(model.path),
    onSuccess: () => {
      toast({ text: t("gone", { name: model.name }) });
      void queries.invalidateQueries({ queryKey: queryKeys.models });
      onClose();
    },
  });
  const bytes = (removal?.removed ?? []).reduce((sum, file) => sum + file.bytes, 0);
  const failure = error ?? remove.error;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title", { name: model.name })}>
      {failure && <Message kind="bad">{failure.message}</Message>}
      {!removal && !failure && <p className="muted">{t("counting")}</p>}
      {removal?.link && <p>{t("link")}</p>}
      {removal && !removal.link && (
        <>
          <p>{t("what", { count: removal.removed.length, size: format.bytes(bytes) })}</p>
          <FileList files={removal.removed} label={t("files")} />
        </>
      )}
      <div className="row justify-end">
        <Button onClick={onClose}>{t("keep")}</Button>
        <Button
          className="border-bad! text-bad!"
          icon="trash"
          disabled={!removal || remove.isPending}
          onClick={() => remove.mutate()}
        >
          {removal?.link ? t("unlink") : t("delete", { size: format.bytes(bytes) })}
        </Button>
      </div>
    </Dialog>
  );
}
