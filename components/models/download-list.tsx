"use client";
/** Downloads: how far, how fast, how long still, file by file; pause, resume, cancel. They go on without this page. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import type { Download } from "@/server/contract/hub";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { Button, buttonClass } from "../ui/button";
import { Message } from "../ui/message";
import { Progress } from "../ui/meter";
import { StatusMark } from "../ui/status-mark";
import { useToast } from "../ui/toast";
import { TransferHead } from "../ui/transfer-head";
import { changeDownload, isGoing } from "./model-queries";
import { trainHref } from "./train-link";

/** Files beside the largest ones are told in one line. */
const SHOWN_FILES = 6;

export function DownloadList({ downloads }: { downloads: readonly Download[] }) {
  const t = useTranslations("models.download");
  if (downloads.length === 0) return null;
  return (
    <section aria-label={t("title")} className="mb-6 grid gap-5">
      {downloads.map((download) => (
        <DownloadItem key={download.id} download={download} />
      ))}
    </section>
  );
}

function DownloadItem({ download }: { download: Download }) {
  const t = useTranslations("models.download");
  const say = useSay();
  const { repo, state, error, done_bytes, total_bytes } = download;
  return (
    <article aria-label={repo}>
      <TransferHead
        name={repo}
        status={MARKS[state]}
        text={t(`state.${state}`)}
        {...{ done_bytes, total_bytes }}
        bar={state === "finished" ? null : t("progress", { name: repo })}
      >
        <DownloadButtons download={download} />
      </TransferHead>
      <DownloadFigures download={download} />
      {error && <Message kind={state === "retrying" ? "warn" : "bad"}>{say(error.message)}</Message>}
      {state !== "finished" && <FileTable download={download} />}
    </article>
  );
}

const MARKS = {
  running: "running",
  checking: "running",
  retrying: "interrupted",
  paused: "stopped",
  failed: "failed",
  finished: "finished",
} as const;

function DownloadFigures({ download }: { download: Download }) {
  const t = useTranslations("models.download");
  const format = useFormat();
  const { state, done_bytes, total_bytes, bytes_per_second, seconds_left, target, datasets, kind } = download;
  if (state === "finished") {
    return (
      <p className="muted text-md">
        {datasets.length > 0
          ? t("registered", { name: datasets.join(", ") })
          : t(kind === "dataset" ? "unregistered" : "landed", { target, size: format.bytes(total_bytes) })}
      </p>
    );
  }
  return (
    <p className="row between row--wrap mt-1.5 gap-x-4 gap-y-0.5 text-md">
      <span>
        {t.rich("done", {
          done: format.bytes(done_bytes),
          total: format.bytes(total_bytes),
          b: (words) => <b className="strong">{words}</b>,
        })}
      </span>
      {bytes_per_second !== null && (
        <span className="muted">{t("rate", { size: format.bytes(bytes_per_second) })}</span>
      )}
      {seconds_left !== null && (
        <span className="strong">{t("left", { time: format.duration(seconds_left) })}</span>
      )}
      <span className="muted">{t("promise")}</span>
    </p>
  );
}

function FileTable({ download }: { download: Download }) {
  const t = useTranslations("models.download");
  const format = useFormat();
  const bySize = [...download.files].sort((a, b) => b.bytes - a.bytes);
  const shown = bySize.slice(0, SHOWN_FILES);
  const rest = bySize.slice(SHOWN_FILES);
  const restDone = rest.reduce((sum, file) => sum + file.done_bytes, 0);
  const restBytes = rest.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <div className="tw mt-2">
      <table className="text-md">
        <caption className="vh">{t("files")}</caption>
        <tbody>
          {shown.map((file) => (
            <tr key={file.path}>
              <td className="max-w-60">
                <code className="clip block" title={file.path}>
                  {file.path}
                </code>
              </td>
              <td className="wide-only w-2/5">
                <Progress value={file.done_bytes} max={file.bytes} label={file.path} />
              </td>
              <td className="n">
                {file.state === "done" ? (
                  <StatusMark status="finished" text={format.bytes(file.bytes)} />
                ) : file.state === "checking" ? (
                  t("checking")
                ) : (
                  t("of", { done: format.bytes(file.done_bytes), total: format.bytes(file.bytes) })
                )}
              </td>
            </tr>
          ))}
          {rest.length > 0 && (
            <tr>
              <td className="faint">{t("more", { count: rest.length })}</td>
              <td className="wide-only">
                <Progress value={restDone} max={restBytes} label={t("more", { count: rest.length })} />
              </td>
              <td className="n">
                {t("of", { done: format.bytes(restDone), total: format.bytes(restBytes) })}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function DownloadButtons({ download }: { download: Download }) {
  const t = useTranslations("models.download");
  const toast = useToast();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (what: "pause" | "resume" | "cancel") => changeDownload(queries, download.id, what),
    onError: (error) => toast({ kind: "bad", text: error.message }),
  });
  const { state, kind, target, repo, datasets } = download;
  if (state === "finished") {
    return (
      <span className="row">
        {kind === "model" ? (
          <Link className={buttonClass("primary", "sm")} href={trainHref(target)}>
            {t("train")}
          </Link>
        ) : (
          <Link className={buttonClass("primary", "sm")} href={datasetsHref(datasets)}>
            {t("datasets")}
          </Link>
        )}
        <Button
          size="sm"
          kind="ghost"
          aria-label={t("dismissNamed", { name: repo })}
          onClick={() => change.mutate("cancel")}
        >
          {t("dismiss")}
        </Button>
      </span>
    );
  }
  return (
    <span className="row">
      {isGoing(download) ? (
        <Button size="sm" icon="pause" disabled={change.isPending} onClick={() => change.mutate("pause")}>
          {t("pause")}
        </Button>
      ) : (
        <Button size="sm" icon="play" disabled={change.isPending} onClick={() => change.mutate("resume")}>
          {t(state === "failed" ? "retry" : "resume")}
        </Button>
      )}
      <Button size="sm" kind="ghost" disabled={change.isPending} onClick={() => change.mutate("cancel")}>
        {t("cancel")}
      </Button>
    </span>
  );
}

/** The Datasets page with the first of a download's entries open. */
function datasetsHref([first]: readonly string[]): string {
  return first === undefined ? "/datasets" : `/datasets?name=${encodeURIComponent(first)}`;
}
