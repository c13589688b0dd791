"use client";
/** A server elsewhere that speaks OpenAI's API, added or changed: address, key, model, name. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { queryKeys } from "@/components/api/query-keys";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Message } from "@/components/ui/message";
import { TextInput } from "@/components/ui/text-input";
import {
  baseUrlSchema,
  type Endpoint,
  endpointNameSchema,
  endpointTarget,
} from "@/server/contract/endpoints";
import { endpointModels, endpointsQuery, removeEndpoint, saveEndpoint } from "./chat-queries";

export interface EndpointDialogProps {
  /** The one to change; null for a new one. */
  name: string | null;
  /** Gets its target id. */
  onSaved: (target: string) => void;
  onClose: () => void;
}

export function EndpointDialog({ name, onSaved, onClose }: EndpointDialogProps) {
  const t = useTranslations("chat.server");
  const { data, error } = useQuery({ ...endpointsQuery, enabled: name !== null });
  const known = name === null ? null : data?.items.find((each) => each.name === name);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={name ?? t("title")}>
      {error && <Message kind="bad">{error.message}</Message>}
      {known !== undefined && <EndpointForm known={known} onSaved={onSaved} onClose={onClose} />}
    </Dialog>
  );
}

interface EndpointFormProps extends Omit<EndpointDialogProps, "name"> {
  known: Endpoint | null;
}

function EndpointForm({ known, onSaved, onClose }: EndpointFormProps) {
  const t = useTranslations("chat.server");
  const queries = useQueryClient();
  const [address, setAddress] = useState(known?.base_url ?? "");
  const [key, setKey] = useState<string | null>(null);
  const [model, setModel] = useState(known?.model ?? "");
  const [typedName, setTypedName] = useState<string | null>(known?.name ?? null);
  const base_url = baseUrlSchema.safeParse(address);
  const name = typedName ?? (base_url.success ? new URL(base_url.data).host : "");
  const isNamed = endpointNameSchema.safeParse(name).success;
  // A key that is kept is used as long as nobody types another one.
  const api_key = key ?? undefined;
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.chatTargets });

  const listing = useMutation({
    mutationFn: () => endpointModels({ base_url: address, api_key, ...(known && { name: known.name }) }),
    onSuccess({ items: [first] }) {
      if (model === "" && first !== undefined) setModel(first);
    },
  });
  const saving = useMutation({
    mutationFn: () => saveEndpoint(name, { base_url: address, model, api_key }),
    async onSuccess(saved) {
      await refresh();
      onSaved(endpointTarget(saved.name));
    },
  });
  const removing = useMutation({
    mutationFn: () => removeEndpoint(known!.name),
    async onSuccess() {
      await refresh();
      onClose();
    },
  });

  function save(event: FormEvent) {
    event.preventDefault();
    saving.mutate();
  }

  const problem = listing.error ?? saving.error ?? removing.error;
  return (
    <form className="grid gap-4" onSubmit={save}>
      <p className="muted text-md">{t("explain")}</p>
      <Field
        label={t("address")}
        problem={address === "" || base_url.success ? null : { severity: "error", message: t("badAddress") }}
      >
        {(ids) => (
          <TextInput
            {...ids}
            type="url"
            value={address}
            placeholder="http://127.0.0.1:8000/v1"
            spellCheck={false}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("key")} hint={t("keyHint")}>
        {(ids) => (
          <TextInput
            {...ids}
            type="password"
            autoComplete="off"
            value={key ?? ""}
            placeholder={t(known?.has_key ? "keyKept" : "keyNone")}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("model")}>
        {(ids) => (
          <span className="row">
            <TextInput
              {...ids}
              className="min-w-0 grow"
              value={model}
              spellCheck={false}
              onChange={(event) => setModel(event.target.value)}
            />
            {listing.data ? (
              <Combobox
                options={listing.data.items.map((id) => ({
                  value: id,
                  text: id,
                  content: id,
                  selected: id === model,
                }))}
                onPick={setModel}
                placeholder={t("findModel")}
                empty={() => t("noModel")}
                align="end"
              >
                <button type="button" className="btn">
                  {t("models", { count: listing.data.items.length })}
                  <Icon name="down" small />
                </button>
              </Combobox>
            ) : (
              <Button disabled={!base_url.success || listing.isPending} onClick={() => listing.mutate()}>
                {t(listing.isPending ? "listing" : "list")}
              </Button>
            )}
          </span>
        )}
      </Field>
      {known === null && (
        <Field
          label={t("name")}
          problem={name === "" || isNamed ? null : { severity: "error", message: t("badName") }}
        >
          {(ids) => (
            <TextInput {...ids} value={name} onChange={(event) => setTypedName(event.target.value)} />
          )}
        </Field>
      )}
      {problem && <Message kind="bad">{problem.message}</Message>}
      <div className="row justify-end">
        {known && (
          <Button icon="trash" onClick={() => removing.mutate()}>
            {t("remove")}
          </Button>
        )}
        <span className="grow" />
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button
          type="submit"
          kind="primary"
          disabled={!base_url.success || !isNamed || model.trim() === "" || saving.isPending}
        >
          {t("save")}
        </Button>
      </div>
    </form>
  );
}
