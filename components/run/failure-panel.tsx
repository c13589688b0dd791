"use client";
/** A run that ended badly, in the chart's place: the cause in words, the line that matters, ways to start again. */
import Link from "next/link";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import type { RunDetail } from "@/server/contract/run";
import { type Advice, adviceFor, failureKind } from "./failure-advice";
import { useRunActions } from "./run-actions";

export function FailurePanel({ run }: { run: RunDetail }) {
  const t = useTranslations("run.failure");
  const kind = failureKind(run.status, run.error);
  const saved = run.checkpoints.filter((checkpoint) => checkpoint.name !== "final").at(-1);
  const tone = run.status === "interrupted" ? "border-warn" : "border-bad";
  return (
    <section className={`mt-2 mb-6 border-l-[3px] ${tone} py-1 pl-4`} aria-label={t("title")}>
      <p className="text-xl font-semibold tracking-tight">{t(`kind.${kind}`)}</p>
      <p className="max-w-[66ch] text-lg">
        {t(`why.${kind}`)} {saved?.step != null ? t("saved", { step: saved.step }) : t("nothingSaved")}
      </p>
      {run.error && (
        <pre className="code mt-3 wrap-anywhere whitespace-pre-wrap">
          <b>{run.error}</b>
        </pre>
      )}
    </section>
  );
}

/** Corrected runs, one click each. */
export function StartAgain({ run }: { run: RunDetail }) {
  const t = useTranslations("run.failure");
  const { startChanged } = useRunActions(run.id);
  const advice = adviceFor(failureKind(run.status, run.error), run.config);

  function start(change: Advice) {
    // The new run gets a folder of its own.
    const { output_dir: _folder, overwrite_output_dir: _overwrite, ...config } = run.config;
    startChanged.mutate({ ...config, ...change.set });
  }

  return (
    <section className="mb-7">
      {advice.length > 0 && (
        <>
          <h2>{t("again")}</h2>
          <ul className="mt-2 border-b border-line">
            {advice.map((change, index) => (
              <li
                key={change.kind}
                className="fix grid grid-cols-[minmax(0,1fr)_200px] items-center gap-x-6 gap-y-1 border-t border-line py-3"
              >
                <div>
                  <h3 className="text-base">{t(`advice.${change.kind}.title`, change.values)}</h3>
                  <p className="muted text-md">{t(`advice.${change.kind}.why`, change.values)}</p>
                </div>
                <Button
                  kind={index === 0 ? "primary" : "plain"}
                  disabled={startChanged.isPending}
                  onClick={() => start(change)}
                >
                  {t(`advice.${change.kind}.button`, change.values)}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="hint mt-2">
        {advice.length > 0 && `${t("keeps")} `}
        <Link href={`/train?from=${encodeURIComponent(run.id)}`}>{t("byHand")}</Link>
      </p>
    </section>
  );
}
