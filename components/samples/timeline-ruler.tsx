"use client";
/**
 * The ruler of the timeline: the loss curve with a needle on the step in sight, ticks where the run answered, and under
 * it how much of each answer changed. An invisible range input over it takes pointer and keys.
 */
import { type KeyboardEvent, useId, useMemo, useRef } from "react";
import { useTranslations } from "use-intl";
import { yTicks } from "@/components/charts/axis-scale";
import type { RunCurve } from "@/components/charts/run-curve";
import { boardWeight, smooth } from "@/components/charts/smoothing";
import { thinRows } from "@/components/charts/thin-rows";
import { changedShare, nearestStep, type SamplesModel } from "./samples-model";
import { useElementWidth } from "./use-element-width";

export interface TimelineRulerProps {
  curve: RunCurve;
  samples: SamplesModel;
  step: number;
  onStep: (step: number) => void;
  /** Space. */
  onPlay: () => void;
}

const HEIGHT = 230;
const TOP = 14;
const BOTTOM = 30;
const BAR_ROW = 26;

export function TimelineRuler({ curve, samples, step, onStep, onPlay }: TimelineRulerProps) {
  const t = useTranslations("run.timeline");
  const box = useRef<HTMLDivElement>(null);
  const width = useElementWidth(box);
  const listId = useId();
  const { steps } = samples;
  const narrow = width < 560;
  const left = narrow ? 34 : 200;
  const right = 20;
  const end = Math.max(steps.at(-1) ?? 1, curve.rows.at(-1)?.step ?? 1, 1);
  const x = (value: number) => left + (value / end) * Math.max(1, width - left - right);
  const scale = useMemo(() => lossScale(curve), [curve]);
  const y = (loss: number) =>
    TOP + ((scale.high - loss) / (scale.high - scale.low || 1)) * (HEIGHT - TOP - BOTTOM);
  const smoothedAt = scale.smoothed.findLast((row) => row.step <= step)?.loss;

  function onKeyDown(event: KeyboardEvent) {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      const next = steps[steps.indexOf(step) + by];
      if (next !== undefined) onStep(next);
    } else if (event.key === " ") {
      event.preventDefault();
      onPlay();
    }
  }

  return (
    <div
      ref={box}
      className="relative rounded-sm focus-within:outline-2 focus-within:outline-offset-4 focus-within:outline-(--focus)"
    >
      {width > 0 && (
        <>
          <svg
            className="chart"
            width={width}
            height={HEIGHT}
            viewBox={`0 0 ${width} ${HEIGHT}`}
            aria-hidden="true"
          >
            {!narrow && (
              <>
                <text className="t-fg t-b" x={0} y={TOP + 4}>
                  {t("loss")}
                </text>
                <text x={0} y={TOP + 22}>
                  {t("legend")}
                </text>
              </>
            )}
            {scale.ticks.map((tick) => (
              <g key={tick}>
                <path className="gl" d={`M${left} ${y(tick)}H${width - right}`} />
                <text x={left - 10} y={y(tick) + 4} textAnchor="end">
                  {tick}
                </text>
              </g>
            ))}
            <path className="raw" d={line(scale.raw, x, y)} />
            <path className="ln" d={line(scale.smoothed, x, y)} />
            {scale.validation.map((point) => (
              <circle
                key={point.step}
                className={point === scale.best ? "valbest" : "val"}
                cx={x(point.step)}
                cy={y(point.loss)}
                r={point === scale.best ? 5 : 3.5}
              />
            ))}
            <Ticks steps={steps} step={step} x={x} width={width - left - right} />
            <g
              style={{ transform: `translateX(${x(step)}px)` }}
              className="transition-transform motion-reduce:transition-none"
            >
              <path d={`M0 0V${HEIGHT - BOTTOM}`} stroke="var(--accent)" strokeWidth={2} />
              <path d={`M-7 ${HEIGHT - BOTTOM - 8}h14v6l-7 7-7-7z`} fill="var(--accent)" />
              {smoothedAt !== undefined && (
                <circle
                  cx={0}
                  cy={y(smoothedAt)}
                  r={4.5}
                  fill="var(--accent)"
                  stroke="var(--bg)"
                  strokeWidth={2}
                />
              )}
            </g>
          </svg>
          <ChangeBars samples={samples} step={step} x={x} left={left} width={width} right={right} />
          <input
            type="range"
            className="absolute top-0 m-0 h-[230px] cursor-ew-resize opacity-0"
            style={{ left: left - 8, width: Math.max(1, width - left - right) + 16 }}
            min={0}
            max={end}
            step={1}
            list={listId}
            value={step}
            aria-label={t("at")}
            aria-valuetext={step === 0 ? t("base") : t("atStep", { step })}
            onChange={(event) => onStep(nearestStep(steps, Number(event.target.value)))}
            onKeyDown={onKeyDown}
          />
        </>
      )}
    </div>
  );
}

interface LossPoint {
  step: number;
  loss: number;
}

function lossScale(curve: RunCurve) {
  const rows = curve.rows.flatMap((row) => (row.loss === null ? [] : [{ step: row.step, loss: row.loss }]));
  const smoothed = smooth(
    rows.map((row) => row.loss),
    boardWeight(rows.length),
  ).map((loss, index) => ({ step: rows[index]!.step, loss }));
  const thin = (points: readonly LossPoint[]) =>
    thinRows(points, { x: (point) => point.step, series: [{ value: (point) => point.loss, slots: 300 }] });
  const validation = curve.rows.flatMap((row) =>
    row.evalLoss === null ? [] : [{ step: row.step, loss: row.evalLoss }],
  );
  const values = [...rows, ...validation].map((point) => point.loss);
  const low = values.length === 0 ? 0 : values.reduce((a, b) => Math.min(a, b));
  const high = values.length === 0 ? 1 : values.reduce((a, b) => Math.max(a, b));
  return {
    raw: thin(rows),
    smoothed: thin(smoothed),
    validation,
    best: validation.reduce<LossPoint | null>((a, b) => (a && a.loss < b.loss ? a : b), null),
    low,
    high,
    ticks: values.length === 0 ? [] : yTicks([low, high], { log: false, count: 4 }),
  };
}

function line(
  points: readonly LossPoint[],
  x: (step: number) => number,
  y: (loss: number) => number,
): string {
  return points
    .map(
      (point, index) => `${index === 0 ? "M" : "L"}${x(point.step).toFixed(1)} ${y(point.loss).toFixed(1)}`,
    )
    .join("");
}

interface TicksProps {
  steps: readonly number[];
  step: number;
  x: (step: number) => number;
  width: number;
}

/** A tick for each step that was answered at; names where they have room. */
function Ticks({ steps, step, x, width }: TicksProps) {
  const t = useTranslations("run.samples");
  const every = Math.max(1, Math.ceil(steps.length / Math.max(1, width / 64)));
  const base = HEIGHT - BOTTOM;
  return (
    <>
      <path className="ax" d={`M${x(0)} ${base}H${x(0) + width}`} />
      {steps.map((at, index) => (
        <g key={at}>
          <path className="ax" d={`M${x(at)} ${base}v6`} />
          {(at === step || (index % every === 0 && Math.abs(x(at) - x(step)) > 40)) && (
            <text x={x(at)} y={base + 22} textAnchor="middle" className={at === step ? "t-fg t-b" : ""}>
              {at === 0 ? t("baseShort") : at}
            </text>
          )}
        </g>
      ))}
    </>
  );
}

interface ChangeBarsProps extends Omit<TicksProps, "steps"> {
  samples: SamplesModel;
  left: number;
  right: number;
}

/** For each prompt a row of bars: how much of the answer at each step was not said before training. */
function ChangeBars({ samples, step, x, left, right, width }: ChangeBarsProps) {
  const t = useTranslations("run.timeline");
  const narrow = left < 100;
  const shares = useMemo(
    () =>
      samples.prompts.map((prompt) =>
        samples.steps.map((at) => {
          const sample = samples.at(at, prompt.id);
          return sample ? changedShare(samples.at(0, prompt.id), sample) : 0;
        }),
      ),
    [samples],
  );
  const height = 24 + BAR_ROW * samples.prompts.length;
  const bar = Math.max(3, Math.min(18, ((width - left - right) / samples.steps.length) * 0.5));
  return (
    <svg
      className="chart mt-2"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${t("changed")}: ${t("changedWhat")}`}
    >
      {!narrow && (
        <text className="t-fg t-b" x={0} y={12}>
          {t("changed")}
        </text>
      )}
      <text x={narrow ? 0 : left} y={12}>
        {t("changedWhat")}
      </text>
      {samples.prompts.map((prompt, row) => {
        const base = 24 + BAR_ROW * (row + 1) - 4;
        return (
          <g key={prompt.id}>
            <text x={0} y={base - 4}>
              {row + 1} {narrow ? "" : shortened(prompt.question)}
            </text>
            <path className="gl" d={`M${left} ${base}H${width - right}`} />
            {samples.steps.map((at, index) => {
              const share = shares[row]![index]!;
              const high = Math.round(share * (BAR_ROW - 6));
              return (
                high > 0 && (
                  <rect
                    key={at}
                    x={x(at) - bar / 2}
                    y={base - high}
                    width={bar}
                    height={high}
                    fill={at === step ? "var(--accent)" : "var(--control)"}
                  />
                )
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}

function shortened(text: string): string {
  const letters = Array.from(text.replaceAll(/\s+/g, " "));
  return letters.length > 24 ? `${letters.slice(0, 23).join("")}…` : letters.join("");
}
