"use client";
/** A run's status as a shape, a colour and a word. The ring of a running one fills with its progress. */
import { useTranslations } from "use-intl";
import type { RunStatus } from "@/server/contract/run";

const CLASS: Record<RunStatus, string> = {
  queued: "st--wait",
  running: "st--run",
  stopping: "st--run",
  finished: "st--done",
  stopped: "st--stop",
  failed: "st--bad",
  interrupted: "st--warn",
};

export interface StatusMarkProps {
  status: RunStatus;
  /** 0 to 1, for running ones. */
  progress?: number;
  /** Words in place of the status's own; null shows the shape alone. */
  text?: string | null;
}

export function StatusMark({ status, progress = 0, text }: StatusMarkProps) {
  const t = useTranslations("shell.status");
  const word = text === undefined ? t(status) : text;
  return (
    <span className={`st ${CLASS[status]}`}>
      <StatusShape status={status} progress={progress} label={word === null ? t(status) : undefined} />
      {word}
    </span>
  );
}

interface StatusShapeProps {
  status: RunStatus;
  progress: number;
  label?: string;
}

function StatusShape({ status, progress, label }: StatusShapeProps) {
  const named = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <svg viewBox="0 0 14 14" fill="none" stroke="currentColor" {...named}>
      {drawStatus(status, progress)}
    </svg>
  );
}

function drawStatus(status: RunStatus, progress: number) {
  switch (status) {
    case "queued":
      return <circle cx="7" cy="7" r="5" strokeWidth="1.5" strokeDasharray="2 2" />;
    case "running":
    case "stopping":
      return (
        <>
          <circle cx="7" cy="7" r="5" stroke="var(--line-2)" strokeWidth="2" />
          <circle
            cx="7"
            cy="7"
            r="5"
            strokeWidth="2"
            pathLength="1"
            strokeDasharray={`${Math.min(1, Math.max(0.04, progress))} 1`}
            transform="rotate(-90 7 7)"
          />
        </>
      );
    case "finished":
      return <path d="M2.5 7.5l3 3 6-7" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />;
    case "stopped":
      return <rect x="3" y="3" width="8" height="8" rx="1" fill="currentColor" stroke="none" />;
    case "failed":
      return (
        <>
          <path d="M4.6 1.5h4.8l3.1 3.1v4.8l-3.1 3.1H4.6L1.5 9.4V4.6z" fill="currentColor" stroke="none" />
          <path d="M7 4v3.6M7 9.7v.2" stroke="var(--bg)" strokeWidth="1.6" strokeLinecap="round" />
        </>
      );
    case "interrupted":
      return (
        <>
          <path d="M7 1.5l6 11H1z" strokeWidth="1.5" strokeLinejoin="round" />
          <path d="M7 5.5v3.2M7 10.6v.1" strokeWidth="1.5" strokeLinecap="round" />
        </>
      );
  }
}
