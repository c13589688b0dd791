"use client";
/** A run that ended badly, in the chart's place: the cause in words, the line that matters, ways to start again. */
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSay } from "@/components/i18n/use-say";
import { buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { Failure } from "@/server/contract/failure-kinds";
import type { RunDetail } from "@/server/contract/run";
import { type Advice, adviceFor, mendCommand } from "./failure-advice";

export function FailurePanel({ run }: { run: RunDetail }) {
  const t = useTranslations("failure");
  const say = useSay();
  const { kind, line } = failureOf(run);
  const saved = run.checkpoints.filter((checkpoint) => checkpoint.name !== "final").at(-1);
  const tone = run.status === "interrupted" ? "border-warn" : "border-bad";
  const mend = mendCommand(kind, line);
  const shown = line ?? run.error;
  return (
    <section className={`mt-2 mb-6 border-l-[3px] ${tone} py-1 pl-4`} aria-label={t("title")}>
      <p className="text-xl font-semibold tracking-tight">{t(`kind.${kind}`)}</p>
      <p className="max-w-[66ch] text-lg">
        {t(`why.${kind}`)} {saved?.step != null ? t("saved", { step: saved.step }) : t("nothingSaved")}
      </p>
      {shown && (
        <pre className="code mt-3 wrap-anywhere whitespace-pre-wrap">
          <b>{say(shown)}</b>
        </pre>
      )}
      {mend && (
        <div className="mt-3">
          <p className="muted text-md">{t("mend")}</p>
          <div className="mt-1 flex items-start gap-3">
            <pre className="code min-w-0 grow wrap-anywhere whitespace-pre-wrap">{mend}</pre>
            <CopyButton text={mend} />
          </div>
        </div>
      )}
    </section>
  );
}

/** Corrected runs, one click each: the form opens with the change made, ready to start. */
export function StartAgain({ run }: { run: RunDetail }) {
  const t = useTranslations("failure");
  const advice = adviceFor(failureOf(run).kind, run.config, run.engine);
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
                <Link className={buttonClass(index === 0 ? "primary" : "plain")} href={formWith(run, change)}>
                  {t(`advice.${change.kind}.button`, change.values)}
                </Link>
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

/** The train page with this run's settings and a change to them. */
function formWith(run: RunDetail, { set, engine }: Advice): string {
  const query = new URLSearchParams({ from: run.id, change: JSON.stringify(set) });
  // What the engine failed at is mended for that engine, unless the advice is another one.
  const kept = engine ?? (run.engine === "llamafactory" ? run.engine : undefined);
  if (kept) query.set("engine", kept);
  return `/train?${query}`;
}

function failureOf(run: RunDetail): Failure {
  return run.failure ?? { kind: run.status === "interrupted" ? "interrupted" : "other", line: null };
}
