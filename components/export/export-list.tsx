"use client";
/** Exports that run and have run: how far, what the program says, what came out. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { ModelExport } from "@/server/contract/model-export";
import type { RunStatus } from "@/server/contract/run";
import { callApi } from "../api/client";
import { queryKeys } from "../api/query-keys";
import { chatHref } from "../chat/chat-link";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { Button, buttonClass } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Disclosure } from "../ui/disclosure";
import { Message } from "../ui/message";
import { Progress } from "../ui/meter";
import { StatusMark } from "../ui/status-mark";
import { useToast } from "../ui/toast";
import { EXPORTS_KEY } from "./export-queries";
import { PushButton } from "./push-button";

const STATUS: Record<ModelExport["state"], RunStatus> = {
  running: "running",
  finished: "finished",
  failed: "failed",
  cancelled: "stopped",
};

export function ExportList({ items }: { items: readonly ModelExport[] }) {
  return (
    <ol className="grid gap-0 p-0">
      {items.map((item) => (
        <ExportEntry key={item.id} item={item} />
      ))}
    </ol>
  );
}

function ExportEntry({ item }: { item: ModelExport }) {
  const say = useSay();
  const t = useTranslations("export");
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  const { cancel, forget } = useChanges(item.id);
  const bytes = item.files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <li className="grid list-none gap-2 border-t border-line py-4 first:border-t-0 first:pt-0">
      <div className="row row--wrap between">
        <h2 className="clip">{item.name}</h2>
        <span className="row">
          <StatusMark
            status={STATUS[item.state]}
            progress={item.progress ?? 0}
            text={t(`state.${item.state}`)}
          />
          {item.state === "running" ? (
            <Button size="sm" onClick={() => cancel.mutate()} disabled={cancel.isPending}>
              {t("cancel")}
            </Button>
          ) : (
            <Button size="sm" kind="ghost" onClick={() => forget.mutate()} disabled={forget.isPending}>
              {t("forget")}
            </Button>
          )}
        </span>
      </div>
      <p className="muted small">
        {t("from", { label: item.label })} · {format.when(item.created_at)}
      </p>
      {item.state === "running" && (
        <Progress value={item.progress ?? 0} max={1} label={t("progress")} className="w-full" />
      )}
      {item.state === "failed" && (
        <Message kind="bad">{item.error === null ? t("silent") : say(item.error)}</Message>
      )}
      {item.self_test && (
        <Message kind={item.self_test.equal === item.self_test.asked ? "ok" : "warn"}>
          {t(item.self_test.equal === item.self_test.asked ? "testEqual" : "testDiffers", item.self_test)}
        </Message>
      )}
      {item.state === "finished" && (
        <>
          <div className="row row--wrap">
            <code className="code clip">{item.folder}</code>
            <CopyButton text={item.folder} />
            <Link
              prefetch={false}
              className={buttonClass("ghost", "sm")}
              href={chatHref(`base:${item.name}`)}
            >
              {t("chat")}
            </Link>
            <PushButton source={`export:${item.id}`} name={item.name}>
              {t("push.open")}
            </PushButton>
          </div>
          <p className="faint small">
            {t("files", { count: item.files.length, size: format.bytes(bytes) })}:{" "}
            {item.files.map(({ name }) => name).join(", ")}
          </p>
        </>
      )}
      <Disclosure title={t("output")} open={isOpen} onOpenChange={setIsOpen}>
        <pre className="code max-h-64 overflow-auto p-2 whitespace-pre-wrap" tabIndex={0}>
          {item.output.trim() || t("silent")}
        </pre>
      </Disclosure>
    </li>
  );
}

function useChanges(id: string) {
  const queries = useQueryClient();
  const toast = useToast();
  const address = `/api/exports/${encodeURIComponent(id)}`;
  const options = {
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: EXPORTS_KEY });
      void queries.invalidateQueries({ queryKey: queryKeys.models });
    },
    onError: (error: Error) => toast({ text: error.message, kind: "bad" }),
  } as const;
  const cancel = useMutation({
    mutationFn: () => callApi(`${address}/cancel`, { method: "POST" }),
    ...options,
  });
  const forget = useMutation({
    mutationFn: () => callApi(address, { method: "DELETE" }),
    ...options,
  });
  return { cancel, forget };
}
