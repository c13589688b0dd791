"use client";
/** Pushes that are on their way and have ended: how far, how fast, where to see them. They go on without this page. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { Push } from "@/server/contract/hub-push";
import { isPushing } from "@/server/contract/push-state";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { useToast } from "../ui/toast";
import { TransferHead } from "../ui/transfer-head";
import { cancelPush, forgetPush, PUSHES_KEY } from "./push-queries";

const MARKS = {
  preparing: "running",
  sending: "running",
  committing: "running",
  finished: "finished",
  failed: "failed",
  cancelled: "stopped",
} as const;

export function PushList({ pushes }: { pushes: readonly Push[] }) {
  const t = useTranslations("export.push");
  if (pushes.length === 0) return null;
  return (
    <section aria-label={t("list")} className="mb-6 grid gap-4">
      {pushes.map((push) => (
        <PushItem key={push.id} push={push} />
      ))}
    </section>
  );
}

function PushItem({ push }: { push: Push }) {
  const say = useSay();
  const t = useTranslations("export.push");
  const format = useFormat();
  const queries = useQueryClient();
  const toast = useToast();
  const end = useMutation<unknown>({
    mutationFn: () => (isPushing(push) ? cancelPush(push.id) : forgetPush(push.id)),
    onSuccess: () => queries.invalidateQueries({ queryKey: PUSHES_KEY }),
    onError: (error) => toast({ text: error.message, kind: "bad" }),
  });
  const { repo, visibility, state, done_bytes, total_bytes, bytes_per_second, url, error } = push;
  const goes = isPushing(push);
  return (
    <article aria-label={repo}>
      <TransferHead
        name={repo}
        status={MARKS[state]}
        text={t(`state.${state}`)}
        {...{ done_bytes, total_bytes }}
        bar={goes ? t("progress", { repo }) : null}
      >
        <span className="row">
          {url !== null && (
            <a className="btn btn--ghost btn--sm" href={url} target="_blank" rel="noreferrer">
              {t("page")}
            </a>
          )}
          <Button
            size="sm"
            kind={goes ? "plain" : "ghost"}
            disabled={end.isPending}
            onClick={() => end.mutate()}
            {...(!goes && { "aria-label": t("forgetNamed", { repo }) })}
          >
            {t(goes ? "cancel" : "forget")}
          </Button>
        </span>
      </TransferHead>
      <p className="muted small mt-1.5">
        {t(visibility)} · {t("done", { done: format.bytes(done_bytes), total: format.bytes(total_bytes) })}
        {bytes_per_second !== null && ` · ${t("rate", { size: format.bytes(bytes_per_second) })}`}
      </p>
      {error && <Message kind="bad">{say(error.message)}</Message>}
    </article>
  );
}
