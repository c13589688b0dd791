"use client";
/**
 * The timeline of a run: a slider scrubs through training and the answers change under it, with the loss curve above as
 * its ruler. The step in sight is in the address.
 */
import Link from "next/link";
import { useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { runCurve } from "@/components/charts/run-curve";
import { useFormat } from "@/components/i18n/use-format";
import { useMetrics } from "@/components/live/use-live";
import { useSearchState } from "@/components/live/use-search-state";
import { Button, buttonClass, IconButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { saveFile } from "@/components/ui/save-file";
import type { RunDetail } from "@/server/contract/run";
import { MarkedAnswer } from "./marked-answer";
import { nearestStep, type SamplesModel } from "./samples-model";
import { TimelineRuler } from "./timeline-ruler";
import { useSamples } from "./use-samples";

const PLAY_MS = 900;

export function TimelinePage({ run }: { run: RunDetail }) {
  const t = useTranslations("run.timeline");
  const samples = useSamples(run);
  return (
    <main id="main" className="page">
      <div className="page-head">
        <h1>{t("title")}</h1>
        <span className="faint clip">{t("of", { name: run.name })}</span>
        <div className="acts">
          <Link className={buttonClass()} href={`/runs/${encodeURIComponent(run.id)}`}>
            <Icon name="left" />
            {t("back")}
          </Link>
        </div>
      </div>
      {samples && (samples.steps.length === 0 ? <NoSamples /> : <Timeline run={run} samples={samples} />)}
    </main>
  );
}

function NoSamples() {
  const t = useTranslations("run.samples");
  return <EmptyState title={t("none")}>{t("noneHint")}</EmptyState>;
}

function Timeline({ run, samples }: { run: RunDetail; samples: SamplesModel }) {
  const t = useTranslations("run.timeline");
  const words = useTranslations("run.samples");
  const [search, setSearch] = useSearchState();
  const [playing, setPlaying] = useState(false);
  const metrics = useMetrics(run.id);
  const points = metrics?.points;
  const curve = useMemo(() => runCurve(points ?? []), [points]);
  const { steps } = samples;
  const step = nearestStep(steps, Number(search.get("sample") ?? steps.at(-1)));
  const index = steps.indexOf(step);
  const isLast = index === steps.length - 1;
  const show = (next: number) => setSearch({ sample: String(next) });

  useEffect(() => {
    if (!playing || isLast) return;
    const timer = setTimeout(() => setSearch({ sample: String(steps[index + 1]) }), PLAY_MS);
    return () => clearTimeout(timer);
  }, [playing, isLast, index, steps, setSearch]);

  function play() {
    if (isLast) show(steps[0]!);
    setPlaying(isLast || !playing);
  }

  return (
    <>
      <div className="row between row--wrap my-2 gap-y-1">
        <p className="text-xl font-semibold tracking-tight" aria-live="polite">
          {step === 0 ? t("base") : t("atStep", { step })} <StepFacts curve={curve} step={step} />
        </p>
        <span className="row gap-1.5">
          <IconButton
            icon="left"
            label={words("earlier")}
            disabled={index === 0}
            onClick={() => show(steps[index - 1]!)}
          />
          <Button size="sm" icon={playing && !isLast ? "pause" : "play"} onClick={play}>
            {t(playing && !isLast ? "pause" : "play")}
          </Button>
          <IconButton
            icon="right"
            label={words("later")}
            disabled={isLast}
            onClick={() => show(steps[index + 1]!)}
          />
          <Button size="sm" kind="ghost" icon="download" onClick={() => save(run, samples)}>
            {t("save")}
          </Button>
        </span>
      </div>
      <TimelineRuler
        curve={curve}
        samples={samples}
        step={step}
        onStep={(next) => {
          setPlaying(false);
          show(next);
        }}
        onPlay={play}
      />
      <Answers samples={samples} step={step} />
    </>
  );
}

/** "epoch 1.28 · loss 1.03 · validation 1.12" at the last logged step up to `step`. */
function StepFacts({ curve, step }: { curve: ReturnType<typeof runCurve>; step: number }) {
  const t = useTranslations("run.timeline");
  const format = useFormat();
  const before = curve.rows.filter((row) => row.step <= step);
  const at = before.findLast((row) => row.loss !== null);
  const validation = before.findLast((row) => row.evalLoss !== null);
  const facts = [
    at?.epoch != null && t("facts", { epoch: at.epoch.toFixed(2) }),
    at?.loss != null && t("lossNow", { loss: format.loss(at.loss) }),
    validation?.evalLoss != null && t("validationNow", { loss: format.loss(validation.evalLoss) }),
  ].filter(Boolean);
  return <span className="muted text-base font-normal tracking-normal">{facts.join(" · ")}</span>;
}

const COLUMNS =
  "grid grid-cols-[200px_minmax(0,1fr)_minmax(0,1.35fr)] border-t border-line max-wide:grid-cols-[minmax(0,1fr)]";
const CELL = "py-3 pr-6 max-wide:pt-2 max-wide:pr-0 max-wide:pb-0";
const TUNED = "border-l-2 border-accent py-3 pl-4 max-wide:mb-3 max-wide:mt-2 max-wide:py-1 max-wide:pl-3";

function Answers({ samples, step }: { samples: SamplesModel; step: number }) {
  const t = useTranslations("run.timeline");
  return (
    <section className="mt-5 border-b border-line" aria-label={t("title")}>
      <div className={`${COLUMNS} border-line-2 text-md max-wide:hidden`} aria-hidden="true">
        <span className="faint py-2">{t("prompt")}</span>
        <span className="faint py-2">{t("base")}</span>
        <span className="strong border-l-2 border-accent py-2 pl-4">
          {step === 0 ? t("base") : t("atStep", { step })}
        </span>
      </div>
      {samples.prompts.map((prompt, index) => {
        const base = samples.at(0, prompt.id);
        return (
          <article key={prompt.id} className={COLUMNS}>
            <h2 className={`${CELL} text-base wrap-anywhere`}>
              {index + 1}&ensp;{prompt.question}
            </h2>
            <p className={`${CELL} answer muted wrap-anywhere whitespace-pre-wrap`}>{base?.answer ?? "–"}</p>
            <p className={`${TUNED} answer wrap-anywhere whitespace-pre-wrap`}>
              <MarkedAnswer sample={samples.at(step, prompt.id)} base={base} />
            </p>
          </article>
        );
      })}
    </section>
  );
}

/** Every answer of the run in one file. */
function save(run: RunDetail, { steps, prompts, at }: SamplesModel) {
  const answers = prompts.map(({ id, question }) => ({
    prompt: id,
    question,
    answers: steps.flatMap((step) => {
      const sample = at(step, id);
      return sample ? [{ step, answer: sample.answer }] : [];
    }),
  }));
  const text = JSON.stringify({ run: run.name, model: run.model, answers }, null, 2);
  saveFile(new Blob([text], { type: "application/json" }), `${run.name}-answers.json`);
}
