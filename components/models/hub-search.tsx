"use client";
/** One line that takes a hub id, a page's address or a few letters of a known model, and the hub to ask. */
import dynamic from "next/dynamic";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useDeferredValue, useId, useState } from "react";
import { useTranslations } from "use-intl";
import type { KnownModel } from "@/server/contract/hub";
import { HUB_NAMES, type HubKind, type HubName, readHubAddress } from "@/server/contract/hub-address";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Message } from "../ui/message";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import { useToast } from "../ui/toast";
import { hubKeys, hubSettingsQuery, knownModelsQuery, type PreviewRequest, updateHub } from "./model-queries";

const HubPreviewDialog = dynamic(() => import("./hub-preview").then((module) => module.HubPreviewDialog));

export function HubSearch() {
  const t = useTranslations("models.hub");
  const [text, setText] = useState("");
  const [kind, setKind] = useState<HubKind>("model");
  const [asked, setAsked] = useState<PreviewRequest | null>(null);
  const [isOdd, setOdd] = useState(false);
  const listId = useId();
  const { data: settings } = useQuery(hubSettingsQuery);
  const hub = settings?.hub ?? "huggingface";
  const suggestions = useSuggestions(text, kind, hub);
  const problemId = useId();

  function look(typed: string) {
    const address = readHubAddress(typed);
    setOdd(address === null);
    if (!address) return;
    setAsked({
      id: address.id,
      kind: address.kind ?? kind,
      hub: address.hub,
      revision: address.revision,
    });
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    look(text);
  }

  return (
    <form onSubmit={onSubmit} className="mb-5 grid gap-1.5" role="search" aria-label={t("label")}>
      <div className="row row--wrap gap-2">
        <span className="control min-w-60 flex-1">
          <Icon name="search" />
          <input
            className="min-w-0 flex-1 bg-transparent outline-none"
            data-find=""
            value={text}
            list={listId}
            placeholder={t(kind === "model" ? "placeholder" : "placeholderDataset")}
            aria-label={t("label")}
            aria-describedby={isOdd ? problemId : undefined}
            aria-invalid={isOdd}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              setText(event.target.value);
              setOdd(false);
            }}
          />
          <datalist id={listId}>
            {suggestions.map(({ id, name }) => (
              <option key={`${name} ${id}`} value={id}>
                {name}
              </option>
            ))}
          </datalist>
        </span>
        <Segmented<HubKind>
          aria-label={t("kind")}
          value={kind}
          options={[
            { value: "model", label: t("model") },
            { value: "dataset", label: t("dataset") },
          ]}
          onChange={setKind}
        />
        <HubChoice hub={hub} />
        <Button type="submit" icon="download" disabled={text.trim() === ""}>
          {t("look")}
        </Button>
      </div>
      {isOdd && (
        <Message kind="bad">
          <span id={problemId}>{t("odd")}</span>
        </Message>
      )}
      {asked && <HubPreviewDialog asked={asked} onClose={() => setAsked(null)} />}
    </form>
  );
}

/** Which hub ids mean; kept among the settings, so LLaMA-Factory obeys it too. */
export function HubChoice({ hub }: { hub: HubName }) {
  const t = useTranslations("models.hub");
  const toast = useToast();
  const queries = useQueryClient();
  const choose = useMutation({
    mutationFn: (chosen: HubName) => updateHub({ hub: chosen }),
    onSuccess: (saved) => queries.setQueryData(hubKeys.settings, saved),
    onError: (error) => toast({ kind: "bad", text: error.message }),
  });
  return (
    <Select
      className="w-40"
      aria-label={t("hub")}
      value={hub}
      options={HUB_NAMES.map((name) => ({ value: name, label: t(`name.${name}`) }))}
      onChange={(chosen) => choose.mutate(chosen as HubName)}
    />
  );
}

function useSuggestions(text: string, kind: HubKind, hub: HubName): { id: string; name: string }[] {
  const wanted = useDeferredValue(text.trim());
  const canKnow = kind === "model" && wanted.length >= 2;
  const { data } = useQuery({ ...knownModelsQuery(wanted), enabled: canKnow });
  if (!canKnow) return [];
  const idOf = (model: KnownModel) => (hub === "modelscope" ? model.modelscope : model.huggingface);
  return (data?.items ?? []).flatMap((model) => {
    const id = idOf(model);
    return id === null ? [] : [{ id, name: model.name }];
  });
}
