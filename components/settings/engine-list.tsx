"use client";
/** The engines: ready or why not and how to mend that, on which devices, and where LLaMA-Factory is when not on PATH. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, Fragment, useState } from "react";
import { useTranslations } from "use-intl";
import type { EngineStatus, Settings } from "@/server/contract/api";
import { callApi, type ListOf } from "../api/client";
import { enginesQuery, settingsQuery } from "../api/queries";
import { queryKeys } from "../api/query-keys";
import { useFormat } from "../i18n/use-format";
import { useJoining } from "../i18n/use-joining";
import { useSay } from "../i18n/use-say";
import { ReadingLine } from "../shell/reading-line";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { Message } from "../ui/message";
import { TextInput } from "../ui/text-input";
import { useSaveSettings } from "./use-save-settings";

export function EngineList() {
  const t = useTranslations("settings");
  const { data, error } = useQuery(enginesQuery);
  const { data: settings } = useQuery(settingsQuery);
  return (
    <section className="sect">
      <h2>{t("engines")}</h2>
      <div>
        {error && <Message kind="bad">{t("unreachable", { reason: error.message })}</Message>}
        {!data && !error && <ReadingLine />}
        <ul className="list -mt-2">
          {data?.items.map((engine) => (
            <EngineItem key={engine.id} engine={engine} />
          ))}
        </ul>
        {data && <LookAgain engines={data.items} />}
        {settings && <CliPath key={settings.llamafactory_cli} settings={settings} />}
      </div>
    </section>
  );
}

function EngineItem({ engine }: { engine: EngineStatus }) {
  const t = useTranslations("settings");
  const shell = useTranslations("shell");
  const { clauses, named } = useJoining();
  const [open, setOpen] = useState(false);
  const say = useSay();
  const state = engine.looking ? "looking" : engine.available ? "available" : "unavailable";
  return (
    <li className="first:border-t-0">
      <div className="row row--wrap">
        <span className="strong">{engine.id === "embedded" ? shell("embedded") : engine.name}</span>
        {engine.version && <span className="faint">{engine.version}</span>}
        <span className="ml-auto" aria-live="polite">
          {state === "looking" ? (
            <span className="muted">{t("looking")}</span>
          ) : (
            <Message kind={state === "available" ? "ok" : "warn"}>{t(state)}</Message>
          )}
        </span>
      </div>
      {engine.devices.length > 0 && (
        <p className="muted text-md">{named(t("devices"), clauses(engine.devices.map(say)))}</p>
      )}
      {engine.program && <p className="mono faint wrap-anywhere">{engine.program}</p>}
      {engine.reason && engine.troubles.length === 0 && (
        <p className="muted text-md wrap-anywhere">{say(engine.reason)}</p>
      )}
      {engine.troubles.length > 0 && <Troubles engine={engine} />}
      {engine.facts.length > 0 && (
        <Disclosure title={t("environment")} summary={torchWords(engine)} open={open} onOpenChange={setOpen}>
          <dl className="grid grid-cols-[200px_minmax(0,1fr)] gap-x-4 gap-y-1 pb-2 text-md max-wide:grid-cols-[140px_minmax(0,1fr)]">
            {engine.facts.map(({ name, value }) => (
              <Fragment key={name}>
                <dt className="faint">{name}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </Fragment>
            ))}
          </dl>
        </Disclosure>
      )}
    </li>
  );
}

function torchWords(engine: EngineStatus): string | undefined {
  const version = engine.facts.find(({ name }) => name === "PyTorch version")?.value;
  return version === undefined ? undefined : `PyTorch ${version}`;
}

/** What is missing or broken, and what to type to mend it. */
function Troubles({ engine }: { engine: EngineStatus }) {
  const t = useTranslations("settings");
  const say = useSay();
  return (
    <>
      <p className="muted mt-1 text-md">{t(engine.available ? "missingFor" : "broken")}</p>
      <ul className="list">
        {engine.troubles.map(({ kind, message, mend }) => (
          <li key={kind}>
            <p className="text-md wrap-anywhere">{say(message)}</p>
            {mend && (
              <div className="mt-1 flex items-start gap-3">
                <pre className="code min-w-0 grow wrap-anywhere whitespace-pre-wrap">{mend}</pre>
                <CopyButton text={mend} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Looks again: after something was installed, or moved. */
function LookAgain({ engines }: { engines: readonly EngineStatus[] }) {
  const t = useTranslations("settings");
  const queries = useQueryClient();
  const look = useMutation({
    mutationFn: () => callApi<ListOf<EngineStatus>>("/api/engines?refresh=1"),
    onSuccess: (found) => queries.setQueryData(queryKeys.engines, found),
  });
  const looking = look.isPending || engines.some((engine) => engine.looking);
  const checked = engines.map((engine) => engine.checked_at).find((time) => time !== null);
  const format = useFormat();
  return (
    <div className="row row--wrap">
      <Button size="sm" disabled={looking} onClick={() => look.mutate()}>
        {t(looking ? "looking" : "lookAgain")}
      </Button>
      {checked && !looking && (
        <span className="faint text-md">{t("checked", { when: format.when(checked) })}</span>
      )}
      {look.error && <Message kind="bad">{look.error.message}</Message>}
    </div>
  );
}

function CliPath({ settings }: { settings: Settings }) {
  const t = useTranslations("settings");
  const queries = useQueryClient();
  const [path, setPath] = useState(settings.llamafactory_cli ?? "");
  const save = useSaveSettings(() => void queries.invalidateQueries({ queryKey: queryKeys.engines }));

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ llamafactory_cli: path.trim() === "" ? null : path.trim() });
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
