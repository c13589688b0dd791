"use client";
/** What can be done to a run, as buttons: stop, resume, copy, delete; the main one first. */
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { chatHref } from "@/components/chat/chat-link";
import { useSay } from "@/components/i18n/use-say";
import { Button, buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/menu";
import { Tooltip } from "@/components/ui/tooltip";
import type { RunDetail } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { useRunActions } from "./run-actions";

const ContinueDialog = dynamic(() => import("./continue-dialog").then((module) => module.ContinueDialog));
const DeleteDialog = dynamic(() => import("./delete-dialog").then((module) => module.DeleteDialog));
const StopDialog = dynamic(() => import("./stop-dialog").then((module) => module.StopDialog));

export interface RunButtonsProps {
  run: RunDetail;
  onShowLog: () => void;
}

export function RunButtons({ run, onShowLog }: RunButtonsProps) {
  const t = useTranslations("run");
  const actions = useRunActions(run.id);
  const [asking, setAsking] = useState<"stop" | "delete" | "continue" | null>(null);
  const going = run.status === "running" || run.status === "stopping" || run.status === "queued";
  const ended = isEnded(run.status);
  return (
    <div className="acts">
      {going && (
        <Button icon="stop" onClick={() => setAsking("stop")}>
          {run.status === "queued"
            ? t("removeFromQueue")
            : run.status === "stopping"
              ? t("stopping")
              : t("stop")}
        </Button>
      )}
      {run.status === "failed" && (
        <Button kind="ghost" onClick={onShowLog}>
          {t("wholeLog")}
        </Button>
      )}
      {ended && run.status !== "finished" && (
        <ResumeButton run={run} onResume={() => actions.resume.mutate()} busy={actions.resume.isPending} />
      )}
      {run.status === "finished" && (
        <Button icon="play" className="wide-only" onClick={() => setAsking("continue")}>
          {t("continue.button")}
        </Button>
      )}
      <Link prefetch={false} className={`${buttonClass()} wide-only`} href={copyAddress(run)}>
        <Icon name="copy" />
        {t("copyAsNew")}
      </Link>
      {run.status === "finished" && (
        <Link
          prefetch={false}
          className={buttonClass("primary")}
          href={chatHref(`base:${run.model}`, `run:${run.id}`)}
        >
          <Icon name="chat" />
          {t("compare")}
        </Link>
      )}
      <MoreMenu
        run={run}
        canDelete={ended}
        onContinue={() => setAsking("continue")}
        onStartNow={() => actions.startNow.mutate()}
        onDelete={() => setAsking("delete")}
      />
      {asking === "stop" && (
        <StopDialog run={run} onClose={() => setAsking(null)} onStop={(wish) => actions.stop.mutate(wish)} />
      )}
      {asking === "continue" && (
        <ContinueDialog
          run={run}
          onClose={() => setAsking(null)}
          onContinue={(request) => actions.continueRun.mutate(request)}
        />
      )}
      {asking === "delete" && (
        <DeleteDialog run={run} onClose={() => setAsking(null)} onDelete={() => actions.remove.mutate()} />
      )}
    </div>
  );
}

function copyAddress(run: RunDetail): string {
  return `/train?from=${encodeURIComponent(run.id)}`;
}

function ResumeButton({ run, onResume, busy }: { run: RunDetail; onResume: () => void; busy: boolean }) {
  const t = useTranslations("run");
  const say = useSay();
  const button = (
    <Button icon="play" disabled={!run.can_resume || busy} onClick={onResume}>
      {t("resume")}
    </Button>
  );
  if (run.can_resume) return button;
  if (!run.resume_blocked_reason) return null;
  // A disabled button has no hover of its own; the span around it carries the reason.
  return (
    <Tooltip text={say(run.resume_blocked_reason)}>
      <span tabIndex={0} className="inline-flex">
        {button}
      </span>
    </Tooltip>
  );
}

function MoreMenu({
  run,
  canDelete,
  onContinue,
  onStartNow,
  onDelete,
}: {
  run: RunDetail;
  canDelete: boolean;
  onContinue: () => void;
  onStartNow: () => void;
  onDelete: () => void;
}) {
  const t = useTranslations("run");
  const router = useRouter();
  return (
    <Menu
      items={[
        ...(run.status === "queued"
          ? [{ key: "now", label: t("startNow"), icon: "play" as const, onSelect: onStartNow }]
          : []),
        ...(canDelete
          ? [{ key: "continue", label: t("continue.menu"), icon: "play" as const, onSelect: onContinue }]
          : []),
        { key: "copy", label: t("copyAsNew"), icon: "plus", onSelect: () => router.push(copyAddress(run)) },
        {
          key: "command",
          label: t("copyCommand"),
          icon: "copy",
          onSelect: () => void navigator.clipboard.writeText(run.command),
        },
        { key: "delete", label: t("delete"), icon: "trash", disabled: !canDelete, onSelect: onDelete },
      ]}
    >
      <button type="button" className="btn btn--icon" aria-label={t("more")}>
        <Icon name="more" />
      </button>
    </Menu>
  );
}
