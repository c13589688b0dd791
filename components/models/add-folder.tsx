"use client";
/** A model's folder that lies elsewhere becomes part of the list, by a link: nothing is copied. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { queryKeys } from "../api/query-keys";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { TextInput } from "../ui/text-input";
import { linkFolder } from "./model-queries";

export function AddFolder({ onAdded }: { onAdded: (path: string) => void }) {
  const t = useTranslations("models.add");
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [path, setPath] = useState("");
  const add = useMutation({
    mutationFn: () => linkFolder(path),
    onSuccess: (model) => {
      setOpen(false);
      setPath("");
      void queries.invalidateQueries({ queryKey: queryKeys.models });
      onAdded(model.path);
    },
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    add.mutate();
  }

  return (
    <>
      <Button icon="folder" onClick={() => setOpen(true)}>
        {t("button")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("title")}>
        <form onSubmit={onSubmit} className="grid gap-3">
          <Field
            label={t("path")}
            hint={t("hint")}
            problem={add.error && { severity: "error", message: add.error.message }}
          >
            {(ids) => (
              <TextInput
                {...ids}
                className="mono"
                value={path}
                spellCheck={false}
                onChange={(event) => setPath(event.target.value)}
              />
            )}
          </Field>
          <div className="row justify-end">
            <Button onClick={() => setOpen(false)}>{t("cancel")}</Button>
            <Button type="submit" kind="primary" disabled={path.trim() === "" || add.isPending}>
              {t("add")}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
