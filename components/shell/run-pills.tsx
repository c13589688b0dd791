"use client";
/** The runs that are going, each a pill that leads to it, and how many wait. */
import Link from "next/link";
import { useTranslations } from "use-intl";
import type { RunSummary } from "@/server/contract/run";
import { useRuns } from "../live/use-live";
import { useFormat } from "../i18n/use-format";
import { Progress } from "../ui/meter";
import { StatusMark } from "../ui/status-mark";

export function RunPills() {
  const t = useTranslations("shell");
  const { data: runs = [] } = useRuns();
  const running = runs.filter((run) => run.status === "running" || run.status === "stopping");
  const queued = runs.filter((run) => run.status === "queued");
  if (running.length === 0 && queued.length === 0)
    return <span className="faint clip wide-only">{t("noRuns")}</span>;
  return (
    <>
      {running.map((run) => (
        <RunPill key={run.id} run={run} />
      ))}
      {queued.length > 0 && (
        <Link className="pill wide-only" href="/runs">
          <StatusMark status="queued" text={t("queued", { count: queued.length })} />
        </Link>
      )}
    </>
  );
}

function RunPill({ run }: { run: RunSummary }) {
  const t = useTranslations("shell");
  const format = useFormat();
  const share = run.total_steps > 0 ? run.step / run.total_steps : 0;
  const percent = format.percent(Math.round(share * 100) / 100);
  return (
    <Link className="pill min-w-0" href={`/runs/${encodeURIComponent(run.id)}`}>
      <StatusMark status={run.status} progress={share} text={null} />
      <span className="clip text-accent max-wide:hidden">{run.name}</span>
      <Progress value={run.step} max={run.total_steps} label={run.name} className="max-wide:hidden" />
      <span className="muted">
        {run.remaining_seconds === null
          ? run.total_steps > 0
            ? percent
            : t("starting")
          : t("left", { percent, time: format.duration(run.remaining_seconds) })}
      </span>
    </Link>
  );
}
