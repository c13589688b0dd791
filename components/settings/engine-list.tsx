"use client";
/** The engines: ready or why not, on which devices, and where llamafactory-cli is when it is not in PATH. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { type EngineStatus, type Settings, settingsSchema } from "@/server/contract/api";
import { callApi } from "../api/client";
import { enginesQuery, settingsQuery } from "../api/queries";
import { queryKeys } from "../api/query-keys";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Message } from "../ui/message";
import { TextInput } from "../ui/text-input";
import { useToast } from "../ui/toast";

export function EngineList() {
  const t = useTranslations("settings");
  const { data, error } = useQuery(enginesQuery);
  const { data: settings } = useQuery(settingsQuery);
  return (
    <section className="sect">
      <h2>{t("engines")}</h2>
      <div>
        {error && <Message kind="bad">{t("unreachable", { reason: error.message })}</Message>}
        <ul className="list -mt-2">
          {data?.items.map((engine) => (
            <EngineItem key={engine.id} engine={engine} />
          ))}
        </ul>
        {settings && <CliPath key={settings.llamafactory_cli} settings={settings} />}
      </div>
    </section>
  );
}

function EngineItem({ engine }: { engine: EngineStatus }) {
  const t = useTranslations("settings");
  return (
    <li className="first:border-t-0">
      <div className="row row--wrap">
        <span className="strong">{engine.name}</span>
        {engine.version && <span className="faint">{engine.version}</span>}
        <Message kind={engine.available ? "ok" : "warn"} className="ml-auto">
          {t(engine.available ? "available" : "unavailable")}
        </Message>
      </div>
      {engine.devices.length > 0 && (
        <p className="muted text-md">
          {t("devices")}: {engine.devices.join(", ")}
        </p>
      )}
      {engine.reason && <p className="muted text-md wrap-anywhere">{engine.reason}</p>}
    </li>
  );
}

function CliPath({ settings }: { settings: Settings }) {
  const t = useTranslations("settings");
  const toast = useToast();
  const queries = useQueryClient();
  const [path, setPath] = useState(settings.llamafactory_cli ?? "");
  const save = useMutation({
    mutationFn: () =>
      callApi("/api/settings", {
        method: "PUT",
        body: { llamafactory_cli: path.trim() === "" ? null : path.trim() },
        schema: settingsSchema,
      }),
    onSuccess: (saved) => {
      queries.setQueryData(queryKeys.settings, saved);
      void queries.invalidateQueries({ queryKey: queryKeys.engines });
      toast({ text: t("saved") });
    },
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <form onSubmit={onSubmit} className="flex items-start gap-2">
      <Field
        label={t("cli")}
        className="flex-1"
        hint={t("cliHint")}
        problem={
          save.error && { severity: "error", message: t("saveFailed", { reason: save.error.message }) }
        }
      >
        {(ids) => (
          <TextInput
            {...ids}
            className="mono"
            value={path}
            placeholder={t("cliPlaceholder")}
            spellCheck={false}
            onChange={(event) => setPath(event.target.value)}
          />
        )}
      </Field>
      <Button
        type="submit"
        className="mt-5"
        disabled={save.isPending || path.trim() === (settings.llamafactory_cli ?? "")}
      >
        {t("save")}
      </Button>
    </form>
  );
}
