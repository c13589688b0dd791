"use client";
/** Hubs: which one ids mean, a mirror's address, tokens. A token goes in here and never comes out again. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import type { HubSettings, UpdateHub } from "@/server/contract/hub";
import { DOWNLOAD_HUBS, type DownloadHub } from "@/server/contract/hub-address";
import { HubChoice } from "../models/hub-search";
import { hubKeys, hubSettingsQuery, updateHub } from "../models/model-queries";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ReadingLine } from "../shell/reading-line";
import { Message } from "../ui/message";
import { TextInput } from "../ui/text-input";
import { useToast } from "../ui/toast";

export function HubSection() {
  const t = useTranslations("models.settings");
  const { data: settings, error } = useQuery(hubSettingsQuery);
  return (
    <section className="sect">
      <h2>{t("title")}</h2>
      <div className="grid gap-3">
        {error && <Message kind="bad">{error.message}</Message>}
        {!settings && !error && <ReadingLine />}
        {settings && (
          <>
            <div className="grid gap-1">
              <span className="label">{t("hub")}</span>
              <HubChoice hub={settings.hub} />
              <p className="hint">{t("hubHint")}</p>
            </div>
            <Mirror key={settings.hf_endpoint} settings={settings} />
            {DOWNLOAD_HUBS.map((hub) => (
              <Token key={hub} hub={hub} isKept={settings.tokens[hub]} />
            ))}
          </>
        )}
      </div>
    </section>
  );
}

function Mirror({ settings }: { settings: HubSettings }) {
  const t = useTranslations("models.settings");
  const [address, setAddress] = useState(settings.hf_endpoint ?? "");
  const save = useSave();

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ hf_endpoint: address.trim() === "" ? null : address.trim() });
  }

  return (
    <form onSubmit={onSubmit} className="flex items-start gap-2">
      <Field
        label={t("mirror")}
        className="flex-1"
        hint={t("mirrorHint", { usual: settings.endpoints.huggingface })}
        problem={save.error && { severity: "error", message: save.error.message }}
      >
        {(ids) => (
          <TextInput
            {...ids}
            className="mono"
            type="url"
            value={address}
            placeholder={settings.endpoints.huggingface}
            spellCheck={false}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <Button
        type="submit"
        className="mt-5"
        disabled={save.isPending || address.trim() === (settings.hf_endpoint ?? "")}
      >
        {t("save")}
      </Button>
    </form>
  );
}

function Token({ hub, isKept }: { hub: DownloadHub; isKept: boolean }) {
  const t = useTranslations("models.settings");
  const tHub = useTranslations("models.hub.name");
  const [value, setValue] = useState("");
  const save = useSave(() => setValue(""));

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ token: { hub, value: value.trim() } });
  }

  return (
    <form onSubmit={onSubmit} className="flex items-start gap-2">
      <Field
        label={t("token", { hub: tHub(hub) })}
        className="flex-1"
        hint={isKept ? t("tokenKept") : t("tokenHint")}
        problem={save.error && { severity: "error", message: save.error.message }}
      >
        {(ids) => (
          <TextInput
            {...ids}
            type="password"
            autoComplete="off"
            value={value}
            placeholder={isKept ? "••••••••" : ""}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="mt-5" disabled={save.isPending || value.trim() === ""}>
        {t("save")}
      </Button>
      {isKept && (
        <Button
          kind="ghost"
          className="mt-5"
          disabled={save.isPending}
          onClick={() => save.mutate({ token: { hub, value: null } })}
        >
          {t("forget")}
        </Button>
      )}
    </form>
  );
}

function useSave(onSaved?: () => void) {
  const t = useTranslations("models.settings");
  const toast = useToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: UpdateHub) => updateHub(change),
    onSuccess: (saved) => {
      queries.setQueryData(hubKeys.settings, saved);
      onSaved?.();
      toast({ text: t("saved") });
    },
  });
}
