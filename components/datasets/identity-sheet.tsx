"use client";
/** Name and author in, a dataset out that teaches a model who it is. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { datasetNameSchema, type IdentityRequest } from "@/server/contract/datasets";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Sheet } from "../ui/dialog";
import { Field } from "../ui/field";
import { Message } from "../ui/message";
import { TextInput } from "../ui/text-input";
import { addIdentity, identityRowsQuery } from "./dataset-queries";
import { RowTurns } from "./row-turns";
import { useDone } from "./use-done";

export interface IdentitySheetProps {
  /** A name that no dataset has. */
  freeName: string;
  onClose: () => void;
  onAdded: (name: string) => void;
}

const LANGUAGES = ["en", "zh"] as const;

export function IdentitySheet({ freeName, onClose, onAdded }: IdentitySheetProps) {
  const t = useTranslations("datasets.identity");
  const done = useDone();
  const [typed, setTyped] = useState<Omit<IdentityRequest, "dataset"> & { dataset?: string }>({
    name: "",
    author: "",
    languages: ["en", "zh"],
  });
  // Until another is typed the name is whichever is free, also once the list has come.
  const request = { ...typed, dataset: typed.dataset ?? freeName };
  const set = (change: Partial<IdentityRequest>) => setTyped({ ...typed, ...change });
  const { data: rows } = useQuery(identityRowsQuery(request));
  const isNamed = datasetNameSchema.safeParse(request.dataset).success;
  const isWhole = request.name.trim() !== "" && request.author.trim() !== "" && request.languages.length > 0;
  const adding = useMutation({
    mutationFn: () => addIdentity(request),
    onSuccess: ({ undo }) => {
      done(t("done", { name: request.dataset }), undo);
      onAdded(request.dataset.trim());
    },
  });
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          adding.mutate();
        }}
      >
        <p className="muted">{t("says")}</p>
        <div className="grid grid-cols-2 gap-3 max-wide:grid-cols-1">
          <Field label={t("name")}>
            {(ids) => (
              <TextInput
                {...ids}
                value={request.name}
                maxLength={80}
                placeholder={t("namePlaceholder")}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("author")}>
            {(ids) => (
              <TextInput
                {...ids}
                value={request.author}
                maxLength={120}
                placeholder={t("authorPlaceholder")}
                onChange={(event) => set({ author: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("dataset")} problem={isNamed ? null : { severity: "error", message: t("badName") }}>
            {(ids) => (
              <TextInput
                {...ids}
                value={request.dataset}
                onChange={(event) => set({ dataset: event.target.value })}
              />
            )}
          </Field>
          <fieldset className="field">
            <legend className="label">{t("languages")}</legend>
            <span className="row h-9 gap-4">
              {LANGUAGES.map((language) => (
                <Checkbox
                  key={language}
                  checked={request.languages.includes(language)}
                  onChange={(on) =>
                    set({
                      languages: LANGUAGES.filter((each) =>
                        each === language ? on : request.languages.includes(each),
                      ),
                    })
                  }
                >
                  {t(`language.${language}`)}
                </Checkbox>
              ))}
            </span>
          </fieldset>
        </div>
        {isWhole && rows && (
          <section className="grid gap-1">
            <h3>{t("rows", { count: rows.items.length })}</h3>
            <ol className="rows max-h-72" tabIndex={0} aria-label={t("rows", { count: rows.items.length })}>
              {rows.items.map((row, index) => (
                <li key={index} className="border-b border-line px-3 py-1">
                  <RowTurns row={row} />
                </li>
              ))}
            </ol>
          </section>
        )}
        {adding.error && <Message kind="bad">{adding.error.message}</Message>}
        <div className="row justify-end">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" kind="primary" disabled={!isWhole || !isNamed || adding.isPending}>
            {t("add")}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
