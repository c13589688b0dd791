"use client";
/** Before anything goes to a hub: where it goes, as whom, who will see it, which files. Only what is shown is pushed. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { hubIdSchema } from "@/server/contract/hub";
import { planPushSchema, type PushPlan, type Visibility, VISIBILITIES } from "@/server/contract/hub-push";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { hubSettingsQuery } from "../models/model-queries";
import { FileList } from "../run/file-list";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Message } from "../ui/message";
import { RadioList } from "../ui/radio-list";
import { TextInput } from "../ui/text-input";
import { planPush, PUSHES_KEY, pushesQuery, startPush } from "./push-queries";

export interface PushDialogProps {
  /** As in `planPushSchema`. */
  source: string;
  name: string;
  onClose: () => void;
}

export function PushDialog({ source, name, onClose }: PushDialogProps) {
  const t = useTranslations("export.push");
  const queries = useQueryClient();
  const { data: settings } = useQuery(hubSettingsQuery);
  const { data: earlier } = useQuery(pushesQuery);
  const [typedRepo, setTypedRepo] = useState<string | null>(null);
  const [visibility, setVisibility] = useState<Visibility>("private");
  // Not typed: as far as the console knows it, which the first plan tells.
  const [typedBase, setTypedBase] = useState<string | null>(null);
  const owner = earlier?.[0]?.repo.split("/")[0];
  const repo = typedRepo ?? (owner ? `${owner}/${name}` : "");
  const base = typedBase?.trim();
  const parsed = planPushSchema.safeParse({
    source,
    repo: repo.trim(),
    visibility,
    ...(base !== undefined && { base_model: base === "" ? null : base }),
  });
  const look = useMutation({ mutationFn: planPush });
  const push = useMutation({
    mutationFn: (plan: PushPlan) => startPush({ ...parsed.data!, seal: plan.seal }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: PUSHES_KEY });
      onClose();
    },
    onError: () => look.reset(),
  });
  const plan = look.data;
  const failure = look.error ?? push.error;
  const say = useSay();
  const idProblem = (text: string | undefined) => {
    const issue = text ? hubIdSchema.safeParse(text.trim()).error?.issues[0] : undefined;
    return issue && ({ severity: "error", message: say(issue.message) } as const);
  };

  function submit(event: FormEvent) {
    event.preventDefault();
    if (plan) push.mutate(plan);
    else if (parsed.success) look.mutate(parsed.data);
  }

  /** What was shown no longer holds. */
  function changed() {
    look.reset();
    push.reset();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title", { name })}>
      <form onSubmit={submit} className="grid gap-4">
        {settings?.tokens.huggingface === false && (
          <Message kind="warn">
            {t("noToken")}{" "}
            <Link prefetch={false} className="btn btn--link" href="/settings">
              {t("settings")}
            </Link>
          </Message>
        )}
        <Field label={t("repo")} explanation={t("repoExplain")} problem={idProblem(repo)}>
          {(ids) => (
            <TextInput
              {...ids}
              value={repo}
              placeholder={t("repoPlaceholder", { name })}
              spellCheck={false}
              onChange={(event) => {
                setTypedRepo(event.target.value);
                changed();
              }}
            />
          )}
        </Field>
        <RadioList
          legend={t("visibility")}
          name="visibility"
          value={visibility}
          choices={VISIBILITIES.map((value) => ({ value, title: t(value), says: t(`${value}Says`) }))}
          onChange={(value) => {
            setVisibility(value);
            changed();
          }}
        />
        <Field label={t("base")} explanation={t("baseExplain")} problem={idProblem(typedBase ?? undefined)}>
          {(ids) => (
            <TextInput
              {...ids}
              value={typedBase ?? plan?.base_model ?? ""}
              spellCheck={false}
              onChange={(event) => {
                setTypedBase(event.target.value);
                changed();
              }}
            />
          )}
        </Field>
        {failure && <Message kind="bad">{failure.message}</Message>}
        {plan && <Planned plan={plan} />}
        {!plan && <p className="hint">{t("other")}</p>}
        <div className="row row--wrap justify-end">
          <Button onClick={onClose}>{t("back")}</Button>
          <PushButton
            plan={plan}
            isReady={parsed.success}
            isLooking={look.isPending}
            isSending={push.isPending}
          />
        </div>
      </form>
    </Dialog>
  );
}

interface PushButtonProps {
  plan: PushPlan | undefined;
  isReady: boolean;
  isLooking: boolean;
  isSending: boolean;
}

function PushButton({ plan, isReady, isLooking, isSending }: PushButtonProps) {
  const t = useTranslations("export.push");
  const format = useFormat();
  return (
    <Button type="submit" kind="primary" disabled={!isReady || isLooking || isSending}>
      {plan
        ? t("confirm", { size: format.bytes(plan.bytes), repo: plan.repo, visibility: plan.visibility })
        : t(isLooking ? "looking" : "look")}
    </Button>
  );
}

function Planned({ plan }: { plan: PushPlan }) {
  const t = useTranslations("export.push");
  const format = useFormat();
  const { repo, endpoint, account, exists, visibility, files, bytes, kept_back } = plan;
  const changed = files.filter((file) => file.changed).map((file) => file.path);
  return (
    <section className="grid gap-2 [&_ul]:max-h-40" aria-live="polite" aria-label={t("fileList")}>
      <p>
        <b className="strong">{t(exists ? "isThere" : "isNew", { repo, visibility })}</b>
        <span className="muted block text-md">{t("goes", { endpoint, account })}</span>
      </p>
      <p>{t("files", { count: files.length, size: format.bytes(bytes) })}</p>
      <FileList files={files.map((file) => ({ name: file.path, bytes: file.bytes }))} label={t("fileList")} />
      {changed.length > 0 && <p className="faint small">{t("changed", { names: changed.join(", ") })}</p>}
      {kept_back.length > 0 && (
        <p className="faint small wrap-anywhere">{t("keptBack", { names: kept_back.join(", ") })}</p>
      )}
    </section>
  );
}
