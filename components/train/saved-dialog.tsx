"use client";
/** Settings that are kept under a name on this console: keep these, take others, let go. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import { configNameSchema, type ConfigText, type NamedConfig } from "@/server/contract/named-configs";
import { callApi, type ListOf } from "../api/client";
import { useFormat } from "../i18n/use-format";
import { Button, IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Message } from "../ui/message";
import { TextInput } from "../ui/text-input";
import { useToast } from "../ui/toast";
import { formToConfig } from "./form-config";
import type { TrainForm } from "./form-defaults";
import { useFill } from "./use-fill";
import { loadYaml, parseYaml } from "./yaml-text";

const LIST_KEY = ["configs"];
const addressOf = ({ source, name }: Pick<NamedConfig, "source" | "name">) =>
  `/api/configs/${source}/${encodeURIComponent(name)}`;

export function SavedDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("train.saved");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <p className="muted text-md">{t("explain")}</p>
      <SaveLine />
      <SavedList onTaken={onClose} />
    </Dialog>
  );
}

function SaveLine() {
  const t = useTranslations("train.saved");
  const queries = useQueryClient();
  const { getValues } = useFormContext<TrainForm>();
  const [name, setName] = useState(() => getValues("name"));
  const saving = useMutation({
    mutationFn: (saved: string) =>
      callApi<NamedConfig>(addressOf({ source: "saved", name: saved }), {
        method: "PUT",
        body: { config: formToConfig(getValues()) },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: LIST_KEY }),
  });
  const checked = configNameSchema.safeParse(name);
  const problem = name !== "" && !checked.success ? t("badName") : (saving.error?.message ?? null);

  function save(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (checked.success) saving.mutate(checked.data);
  }

  return (
    <form className="row items-end" onSubmit={save}>
      <div className="grow">
        <Field
          label={t("name")}
          problem={problem === null ? null : { severity: "error", message: problem }}
          hint={saving.isSuccess ? t("done", { name: saving.data.name }) : undefined}
        >
          {(ids) => (
            <TextInput
              {...ids}
              value={name}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                saving.reset();
                setName(event.target.value);
              }}
            />
          )}
        </Field>
      </div>
      <Button kind="primary" type="submit" disabled={!checked.success || saving.isPending}>
        {t("save")}
      </Button>
    </form>
  );
}

function SavedList({ onTaken }: { onTaken: () => void }) {
  const t = useTranslations("train.saved");
  const undo = useTranslations("shell")("undo");
  const format = useFormat();
  const queries = useQueryClient();
  const toast = useToast();
  const { fillText } = useFill();
  const [problem, setProblem] = useState<string | null>(null);
  const { data, error, isPending } = useQuery({
    queryKey: LIST_KEY,
    queryFn: ({ signal }) => callApi<ListOf<NamedConfig>>("/api/configs", { signal }),
  });
  const textOf = (config: NamedConfig) => callApi<ConfigText>(addressOf(config));

  async function attempt(work: () => Promise<void>) {
    setProblem(null);
    try {
      await work();
    } catch (reason) {
      setProblem(reason instanceof Error ? reason.message : String(reason));
    }
  }

  const take = (config: NamedConfig) =>
    attempt(async () => {
      const { text } = await textOf(config);
      const found = fillText(text);
      if (found === null) onTaken();
      else setProblem(found);
    });

  const remove = (config: NamedConfig) =>
    attempt(async () => {
      const { text } = await textOf(config);
      await callApi(addressOf(config), { method: "DELETE" });
      await queries.invalidateQueries({ queryKey: LIST_KEY });
      toast({
        text: t("removed", { name: config.name }),
        action: { label: undo, onClick: () => void attempt(() => bringBack(config, text)) },
      });
    });

  async function bringBack(config: NamedConfig, text: string) {
    await loadYaml();
    await callApi<NamedConfig>(addressOf(config), {
      method: "PUT",
      body: { config: parseYaml(text) },
    });
    await queries.invalidateQueries({ queryKey: LIST_KEY });
  }

  const reason = problem ?? error?.message;
  return (
    <>
      {reason && <Message kind="bad">{reason}</Message>}
      {!isPending && data?.items.length === 0 && <p className="muted text-md">{t("empty")}</p>}
      <ul className="list max-h-72 overflow-auto text-md" aria-label={t("title")}>
        {data?.items.map((config) => (
          <li key={`${config.source} ${config.name}`} className="row between">
            <span className="min-w-0">
              <span className="strong clip">{config.name}</span>{" "}
              <span className="faint small nowrap">
                {config.source === "board"
                  ? `LLaMA Board, ${format.when(config.changed_at)}`
                  : format.when(config.changed_at)}
              </span>
            </span>
            <span className="row">
              <Button
                size="sm"
                aria-label={t("takeNamed", { name: config.name })}
                onClick={() => void take(config)}
              >
                {t("take")}
              </Button>
              {config.source === "saved" && (
                <IconButton
                  icon="trash"
                  label={t("remove", { name: config.name })}
                  onClick={() => void remove(config)}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
