"use client";
/** Takes a dataset out of dataset_info.json, with or without its file; says first which file and how many bytes. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { DatasetDetail } from "@/server/contract/datasets";
import { queryKeys } from "../api/query-keys";
import { useFormat } from "../i18n/use-format";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Dialog } from "../ui/dialog";
import { Message } from "../ui/message";
import { removeDataset } from "./dataset-queries";
import { useDone } from "./use-done";

export interface RemoveDialogProps {
  dataset: DatasetDetail;
  onClose: () => void;
  onRemoved: () => void;
}

export function RemoveDialog({ dataset, onClose, onRemoved }: RemoveDialogProps) {
  const t = useTranslations("datasets.remove");
  const format = useFormat();
  const done = useDone();
  const [files, setFiles] = useState(false);
  const { name } = dataset;
  const preview = useQuery({
    queryKey: [...queryKeys.datasets, name, "removal"],
    queryFn: () => removeDataset(name, { files: true, dry: true }),
    gcTime: 0,
  });
  const removing = useMutation({
    mutationFn: () => removeDataset(name, { files, dry: false }),
    onSuccess: ({ undo }) => {
      onClose();
      onRemoved();
      done(t("done", { name }), undo);
    },
  });
  const removable = preview.data?.removed ?? [];
  const kept = preview.data?.kept ?? [];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title", { name })}>
      <div className="grid gap-3">
        <p>{t("says")}</p>
        {removable.map((file) => (
          <Checkbox key={file.name} checked={files} onChange={setFiles}>
            {t("file", { name: `data/${file.name}`, bytes: format.bytes(file.bytes) })}
          </Checkbox>
        ))}
        {kept.map((file) => (
          <p key={file.name} className="hint">
            {t("shared", { name: `data/${file.name}`, others: file.used_by.join(", ") })}
          </p>
        ))}
        {removing.error && <Message kind="bad">{removing.error.message}</Message>}
        <div className="row justify-end">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" disabled={removing.isPending} onClick={() => removing.mutate()}>
            {files ? t("both") : t("entry")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
