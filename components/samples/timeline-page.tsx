"use client";
/**
 * The timeline of a run: a slider scrubs through training and the answers change under it, with the loss curve above as
 * its ruler. The step in sight is in the address.
 */
import Link from "next/link";
import { useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { saveFile } from "@/components/charts/export-chart";
import { runCurve } from "@/components/charts/run-curve";
import { useFormat } from "@/components/i18n/use-format";
import { useMetrics } from "@/components/live/use-live";
import { useSearchState } from "@/components/live/use-search-state";
import { Button, buttonClass, IconButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
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

function Answers({ samples, step }: { samples: SamplesModel; step: number }) {
  const t = useTranslations("run.timeline");
  return (
    <div className="tw mt-5">
      <table className="w-full table-fixed max-wide:block">
        <caption className="vh">{t("title")}</caption>
        <thead className="max-wide:hidden">
          <tr>
            <th scope="col" className="w-1/5">
              {t("prompt")}
            </th>
            <th scope="col" className="w-1/3">
              {t("base")}
            </th>
            <th scope="col" className="border-l-2 border-accent pl-4!">
              <b className="strong">{step === 0 ? t("base") : t("atStep", { step })}</b>
            </th>
          </tr>
        </thead>
        <tbody className="max-wide:block">
          {samples.prompts.map((prompt, index) => {
            const base = samples.at(0, prompt.id);
            return (
              <tr key={prompt.id} className="align-top max-wide:block max-wide:border-b max-wide:border-line">
                <th scope="row" className="wrap py-3! text-left! font-semibold text-fg! max-wide:block">
                  {index + 1} {prompt.question}
                </th>
                <td className="wrap muted py-3! wrap-anywhere whitespace-pre-wrap max-wide:block max-wide:border-0">
                  {base?.answer ?? "–"}
                </td>
                <td className="wrap answer border-l-2 border-l-accent py-3! pl-4! wrap-anywhere whitespace-pre-wrap max-wide:block">
                  <MarkedAnswer sample={samples.at(step, prompt.id)} base={base} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
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
