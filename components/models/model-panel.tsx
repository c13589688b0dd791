"use client";
/** The chosen model: what it is, what is wrong with it, what to do with it, what training it takes. */
import dynamic from "next/dynamic";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ModelSummary } from "@/server/contract/api";
import { HUB_ID } from "@/server/contract/hub-address";
import { chatHref } from "../chat/chat-link";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { Button, buttonClass } from "../ui/button";
import { Message } from "../ui/message";
import { hubSettingsQuery } from "./model-queries";
import { trainHref } from "./train-link";

const DeleteModelDialog = dynamic(() =>
  import("./delete-model-dialog").then((module) => module.DeleteModelDialog),
);
/** It knows every way to train, and the schema of a training; the facts above it need not wait for that. */
const ModelMemory = dynamic(() => import("./model-memory").then((module) => module.ModelMemory), {
  loading: () => <div className="min-h-130" aria-busy="true" />,
});
const HubPreviewDialog = dynamic(() => import("./hub-preview").then((module) => module.HubPreviewDialog));

/** What fetching the repository again would mend. */
const MENDABLE = new Set<ModelSummary["health"]>([
  "no_tokenizer",
  "missing_shard",
  "no_weights",
  "broken_weights",
  "bad_config",
]);

export function ModelPanel({ model }: { model: ModelSummary }) {
  const t = useTranslations("models.panel");
  const say = useSay();
  return (
    <div className="grid gap-4">
      <div className="row between row--wrap gap-y-2">
        <h2 className="min-w-0 wrap-anywhere">{model.name}</h2>
        <ModelButtons model={model} />
      </div>
      <ModelFacts model={model} />
      {model.problem && (
        <Message kind={model.health === "other_engine" ? "warn" : "bad"}>
          {say(model.problem)} <Mend model={model} />
        </Message>
      )}
      {model.shape ? (
        <ModelMemory key={model.path} shape={model.shape} name={model.name} />
      ) : (
        <p className="muted">{t("noShape")}</p>
      )}
    </div>
  );
}

function ModelButtons({ model }: { model: ModelSummary }) {
  const t = useTranslations("models.panel");
  const [deleting, setDeleting] = useState(false);
  const canDelete = model.source === "folder";
  const usable = model.health === "ready" || model.health === "other_engine";
  return (
    <span className="row row--wrap">
      {usable && (
        <Link prefetch={false} className={buttonClass("primary", "sm")} href={trainHref(model.path)}>
          {t("train")}
        </Link>
      )}
      {usable && model.source !== "run" && (
        <Link prefetch={false} className={buttonClass("plain", "sm")} href={chatHref(`base:${model.name}`)}>
          {t("chat")}
        </Link>
      )}
      {canDelete && (
        <Button size="sm" kind="ghost" icon="trash" onClick={() => setDeleting(true)}>
          {t("delete")}
        </Button>
      )}
      {deleting && <DeleteModelDialog model={model} onClose={() => setDeleting(false)} />}
    </span>
  );
}

function ModelFacts({ model }: { model: ModelSummary }) {
  const t = useTranslations("models.panel");
  const format = useFormat();
  const facts: [string, string | null][] = [
    [t("family"), model.family],
    [t("parameters"), model.parameters === null ? null : format.parameters(model.parameters)],
    [t("dtype"), model.dtype],
    [t("context"), model.context_length === null ? null : format.count(model.context_length)],
    [t("vocabulary"), model.vocab_size === null ? null : format.count(model.vocab_size)],
    [t("template"), model.template],
    [t("license"), model.license],
    [t("disk"), model.bytes === null ? null : format.bytes(model.bytes)],
    [t("folder"), model.path],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="wrap-anywhere">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** A folder named like a hub id can be completed from there. */
function Mend({ model }: { model: ModelSummary }) {
  const t = useTranslations("models.panel");
  const [asking, setAsking] = useState(false);
  const { data: hub } = useQuery(hubSettingsQuery);
  if (model.source !== "folder" || !HUB_ID.test(model.name) || !MENDABLE.has(model.health)) return null;
  return (
    <>
      <Button kind="link" onClick={() => setAsking(true)}>
        {t("mend")}
      </Button>
      {asking && (
        <HubPreviewDialog
          asked={{
            kind: "model",
            id: model.name,
            hub: hub?.hub === "modelscope" ? "modelscope" : null,
            revision: null,
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
