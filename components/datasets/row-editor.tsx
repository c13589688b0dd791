"use client";
/** One row to be changed or deleted where it stands in its file. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { DatasetDetail } from "@/server/contract/datasets";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Message } from "../ui/message";
import { TextArea } from "../ui/text-input";
import { editRows } from "./dataset-queries";
import { parsedRow, textFields } from "./row-fields";
import { useDone } from "./use-done";

export interface RowEditorProps {
  dataset: DatasetDetail;
  row: number;
  value: unknown;
  onClose: () => void;
}

export function RowEditor({ dataset, row, value, onClose }: RowEditorProps) {
  const t = useTranslations("datasets.edit");
  const done = useDone();
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const parsed = parsedRow(text);
  const saving = useMutation({
    mutationFn: (next: Record<string, unknown> | null) =>
      editRows(dataset.name, { edits: [{ row, value: next }], of: dataset.rows ?? 0 }),
    onSuccess: ({ undo }, next) => {
      onClose();
      done(t(next === null ? "deleted" : "saved", { row: row + 1 }), undo);
    },
  });
  const fields = parsed ? textFields(parsed) : null;

  function setField(key: string, content: string) {
    setText(JSON.stringify({ ...parsed, [key]: content }, null, 2));
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title", { row: row + 1 })}>
      <div className="grid gap-3">
        {fields ? (
          fields.map(([key, content]) => (
            <label key={key} className="field">
              <span className="label mono">{key}</span>
              <TextArea
                rows={Math.min(10, Math.max(2, Math.ceil(content.length / 60)))}
                value={content}
                onChange={(event) => setField(key, event.target.value)}
              />
            </label>
          ))
        ) : (
          <label className="field">
            <span className="label">JSON</span>
            <TextArea
              className="mono"
              rows={16}
              value={text}
              aria-invalid={parsed === null}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
        )}
        {!parsed && <Message kind="bad">{t("notObject")}</Message>}
        {saving.error && <Message kind="bad">{saving.error.message}</Message>}
        <div className="row row--wrap between">
          <Button icon="trash" disabled={saving.isPending} onClick={() => saving.mutate(null)}>
            {t("delete")}
          </Button>
          <span className="row">
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button
              kind="primary"
              disabled={!parsed || saving.isPending}
              onClick={() => parsed && saving.mutate(parsed)}
            >
              {t("save")}
            </Button>
          </span>
        </div>
      </div>
    </Dialog>
  );
}
