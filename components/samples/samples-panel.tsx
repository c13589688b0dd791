"use client";
/** The panel beside a run's charts: the same questions answered at one checkpoint, beside the answers before training. */
import Link from "next/link";
import { useTranslations } from "use-intl";
import { useSearchState } from "@/components/live/use-search-state";
import { buttonClass, IconButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { RunDetail } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { MarkedAnswer } from "./marked-answer";
import { nearestStep } from "./samples-model";
import { useSamples } from "./use-samples";

export function SamplesPanel({ run }: { run: RunDetail }) {
  const t = useTranslations("run.samples");
  const [search, setSearch] = useSearchState();
  const samples = useSamples(run);
  if (!samples) return null;
  const { steps, prompts, at } = samples;
  const last = steps.at(-1);
  if (last === undefined) {
    const waits = !isEnded(run.status) && run.config.sample_prompts !== undefined;
    return (
      <div className="px-5 pt-4 max-wide:px-4">
        <EmptyState title={t(waits ? "waiting" : "none")}>{!waits && t("noneHint")}</EmptyState>
      </div>
    );
  }
  const wish = search.get("sample");
  const step = wish === undefined ? last : nearestStep(steps, Number(wish));
  const index = steps.indexOf(step);
  const go = (to: number) => setSearch({ sample: to === steps.length - 1 ? null : String(steps[to]) });
  return (
    <div className="px-5 pt-3 pb-5 max-wide:px-4">
      <div className="row between">
        <span className="row gap-1">
          <IconButton icon="left" label={t("earlier")} disabled={index === 0} onClick={() => go(index - 1)} />
          <h2 className="text-base" aria-live="polite">
            {step === 0 ? t("base") : t("step", { step })}
          </h2>
          <IconButton
            icon="right"
            label={t("later")}
            disabled={index === steps.length - 1}
            onClick={() => go(index + 1)}
          />
        </span>
        {steps.length > 1 && (
          <Link
            prefetch={false}
            className={buttonClass("ghost", "sm")}
            href={`/runs/${encodeURIComponent(run.id)}?view=timeline&sample=${step}`}
          >
            {t("openTimeline")}
          </Link>
        )}
      </div>
      <p className="hint mb-2">{t("marked")}</p>
      {prompts.map((prompt) => {
        const base = at(0, prompt.id);
        return (
          <article key={prompt.id} className="border-t border-line py-3">
            <h3 className="mb-1 text-base wrap-anywhere">{prompt.question}</h3>
            <dl className="grid grid-cols-[52px_minmax(0,1fr)] gap-x-2 gap-y-1 text-md">
              {step !== 0 && base && (
                <>
                  <dt className="faint">{t("baseShort")}</dt>
                  <dd className="muted wrap-anywhere whitespace-pre-wrap">{base.answer}</dd>
                </>
              )}
              <dt className="faint">{step === 0 ? t("baseShort") : step}</dt>
              <dd className="wrap-anywhere whitespace-pre-wrap">
                <MarkedAnswer sample={at(step, prompt.id)} base={base} />
              </dd>
            </dl>
          </article>
        );
      })}
    </div>
  );
}
