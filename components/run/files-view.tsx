"use client";
/** Checkpoints, each a way into the chat, and the files of the run with their sizes. */
import Link from "next/link";
import { useTranslations } from "use-intl";
import { chatHref } from "@/components/chat/chat-link";
import { useFormat } from "@/components/i18n/use-format";
import type { Checkpoint, RunDetail } from "@/server/contract/run";

export function FilesView({ run }: { run: RunDetail }) {
  const t = useTranslations("run.files");
  const format = useFormat();
  const files = ownFiles(run);
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  return (
    <div className="px-5 pt-3 pb-5 text-md max-wide:px-4">
      <h3>{t("checkpoints")}</h3>
      {run.checkpoints.length === 0 ? (
        <p className="muted mt-1">{t("noCheckpoints")}</p>
      ) : (
        <ul className="mt-1 mb-5 border-b border-line">
          {run.checkpoints.map((checkpoint) => (
            <CheckpointRow key={checkpoint.name} run={run} checkpoint={checkpoint} />
          ))}
        </ul>
      )}
      <div className="row between mt-4">
        <h3>{t("files")}</h3>
        <span className="faint small">{t("total", { count: files.length, size: format.bytes(total) })}</span>
      </div>
      <ul className="mt-1 border-b border-line">
        {files.map((file) => (
          <li key={file.name} className="row between border-t border-line py-1.5">
            <code className="clip" title={file.name}>
              {file.name}
            </code>
            <span className="muted nowrap" title={`${file.bytes} B`}>
              {format.bytes(file.bytes)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The files that are not part of a checkpoint, which has its own line. */
export function ownFiles(run: RunDetail): RunDetail["files"] {
  const checkpoints = new Set(run.checkpoints.map((checkpoint) => checkpoint.name));
  return run.files.filter((file) => !checkpoints.has(file.name.split("/")[0]!));
}

function CheckpointRow({ run, checkpoint }: { run: RunDetail; checkpoint: Checkpoint }) {
  const t = useTranslations("run.files");
  const format = useFormat();
  const target = checkpoint.name === "final" ? `run:${run.id}` : `run:${run.id}/${checkpoint.name}`;
  return (
    <li className="row between border-t border-line py-1.5">
      <span className="row min-w-0">
        <span className="strong clip">{checkpoint.name === "final" ? t("final") : checkpoint.name}</span>
        {checkpoint.step !== null && checkpoint.step === run.best_step && (
          <span className="tag">{t("best")}</span>
        )}
        {checkpoint.eval_loss !== null && (
          <span className="faint">{t("evalLoss", { loss: format.loss(checkpoint.eval_loss) })}</span>
        )}
      </span>
      <span className="row nowrap">
        <span className="muted" title={`${checkpoint.bytes} B`}>
          {format.bytes(checkpoint.bytes)}
        </span>
        <Link prefetch={false} href={chatHref(`base:${run.model}`, target)}>
          {t("chat")}
        </Link>
      </span>
    </li>
  );
}
