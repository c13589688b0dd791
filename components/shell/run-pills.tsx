"use client";
/** The runs that are going, each a pill that leads to it, and how many wait. */
import Link from "next/link";
import { useTranslations } from "use-intl";
import type { RunSummary } from "@/server/contract/run";
import { useRuns } from "../live/use-live";
import { useFormat } from "../i18n/use-format";
import { shareDone } from "../run/share-done";
import { Progress } from "../ui/meter";
import { StatusMark } from "../ui/status-mark";

export function RunPills() {
  const t = useTranslations("shell");
  const { data: runs = [] } = useRuns();
  const running = runs.filter((run) => run.status === "running" || run.status === "stopping");
  const queued = runs.filter((run) => run.status === "queued");
  if (running.length === 0 && queued.length === 0)
    return <span className="faint clip wide-only">{t("noRuns")}</span>;
  const [first, second, ...others] = running;
  return (
    <div className="row min-w-0 shrink gap-2">
      {first && <RunPill run={first} />}
      {second && <RunPill run={second} className="max-[1280px]:hidden" />}
      {second && <MorePill count={running.length - 1} className="min-[1281px]:hidden" />}
      {others.length > 0 && <MorePill count={others.length} className="max-[1280px]:hidden" />}
      {queued.length > 0 && (
        <Link prefetch={false} className="pill flex-none max-[760px]:hidden" href="/runs">
          <StatusMark status="queued" text={t("queued", { count: queued.length })} />
        </Link>
      )}
    </div>
  );
}

/** The runs that have no room of their own in the strip. */
function MorePill({ count, className }: { count: number; className: string }) {
  const t = useTranslations("shell");
  return (
    <Link
      prefetch={false}
      className={`pill flex-none ${className}`}
      href="/runs"
      aria-label={t("moreRunning", { count })}
    >
      +{count}
    </Link>
  );
}

function RunPill({ run, className = "" }: { run: RunSummary; className?: string }) {
  const t = useTranslations("shell");
  const format = useFormat();
  const share = shareDone(run);
  const percent = format.percent(Math.round(share * 100) / 100);
  return (
    <Link
      prefetch={false}
      className={`pill min-w-0 ${className}`}
      href={`/runs/${encodeURIComponent(run.id)}`}
    >
      <StatusMark status={run.status} progress={share} text={null} />
      <span className="clip max-w-48 text-accent max-[960px]:hidden">{run.name}</span>
      <Progress
        value={run.step}
        max={run.total_steps}
        label={run.name}
        className="flex-none max-[960px]:hidden"
      />
      <span className="clip muted">
        {run.remaining_seconds === null
          ? run.total_steps > 0
            ? percent
            : t("starting")
          : t("left", { percent, time: format.duration(run.remaining_seconds) })}
      </span>
    </Link>
  );
}
