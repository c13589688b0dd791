"use client";
/** How long the rows are in tokens, against a cutoff that can be tried out, and how many rows it would cut. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Encoding, Lengths } from "@/server/contract/datasets";
import { countTicks } from "../charts/axis-ticks";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { Progress } from "../ui/meter";
import { Slider } from "../ui/slider";
import { lengthsQuery } from "./dataset-queries";
import { barsOf, rightEdge, shareCut } from "./length-shape";

export interface LengthHistogramProps {
  name: string;
  encoding: Encoding;
}

export function LengthHistogram({ name, encoding }: LengthHistogramProps) {
  const t = useTranslations("datasets.lengths");
  const say = useSay();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const [cutoff, setCutoff] = useState(encoding.cutoff_len);
  const { data, error } = useQuery(lengthsQuery(name, encoding, all));
  if (error) return <Message kind="bad">{t("failed", { reason: error.message })}</Message>;
  if (data?.state === "failed")
    return <Message kind="bad">{t("failed", { reason: say(data.problem ?? "") })}</Message>;
  return (
    <figure className="grid max-w-[820px] gap-2">
      <figcaption className="row row--wrap gap-x-3 gap-y-1">
        <h3>{t("title")}</h3>
        {data && (
          <span className="faint small">
            {t("of", { measured: format.count(data.measured), rows: format.count(data.rows), bin: data.bin })}
          </span>
        )}
        <span className="grow" />
        {data?.state === "running" && (
          <Progress className="w-24" value={data.measured} max={data.wanted} label={t("measuring")} />
        )}
        {data?.state === "done" && data.measured < data.rows && (
          <Button size="sm" kind="ghost" onClick={() => setAll(true)}>
            {t("all", { count: format.count(data.rows) })}
          </Button>
        )}
      </figcaption>
      {!data || data.counts.length === 0 ? (
        <p className="muted">
          {data?.state === "done" ? (data.problem === null ? t("none") : say(data.problem)) : t("measuring")}
        </p>
      ) : (
        <>
          <Histogram lengths={data} cutoff={cutoff} />
          <Cutoff lengths={data} cutoff={cutoff} onChange={setCutoff} />
          {data.unusable > 0 && (
            <Message kind="warn">
              {t("unusable", { count: data.unusable, reason: say(data.problem ?? "") })}
            </Message>
          )}
        </>
      )}
    </figure>
  );
}

const WIDTH = 672;
const PLOT = { width: 620, height: 120, left: 44, top: 12 };

function Histogram({ lengths, cutoff }: { lengths: Lengths; cutoff: number }) {
  const t = useTranslations("datasets.lengths");
  const format = useFormat();
  const edge = rightEdge(lengths, cutoff);
  const most = Math.max(1, ...lengths.counts);
  const x = (tokens: number) => PLOT.left + (tokens / edge) * PLOT.width;
  const bottom = PLOT.top + PLOT.height;
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${WIDTH} ${bottom + 24}`}
      role="img"
      aria-label={t("chart", { median: lengths.median, longest: lengths.longest, cutoff })}
    >
      {countTicks(0, most, 2).map((rows) => {
        const y = bottom - (rows / most) * PLOT.height;
        return (
          <g key={rows}>
            <path className="gl" d={`M${PLOT.left} ${y}H${PLOT.left + PLOT.width}`} />
            <text x={PLOT.left - 6} y={y + 4} textAnchor="end">
              {format.count(rows)}
            </text>
          </g>
        );
      })}
      {barsOf(lengths, cutoff, PLOT).map((bar) => (
        <rect
          key={bar.from}
          x={PLOT.left + bar.x}
          y={bottom - bar.height}
          width={bar.width}
          height={bar.height}
          fill={bar.isCut ? "var(--s2)" : "var(--s1)"}
        >
          <title>{t("bar", { from: bar.from, to: bar.to, rows: bar.rows })}</title>
        </rect>
      ))}
      <path className="ax" d={`M${PLOT.left} ${bottom}H${PLOT.left + PLOT.width}`} />
      {countTicks(0, edge, 4).map((tokens) => (
        <text key={tokens} x={x(tokens)} y={bottom + 18} textAnchor="middle">
          {format.count(tokens)}
        </text>
      ))}
      {cutoff <= edge && (
        <path d={`M${x(cutoff)} ${PLOT.top - 8}V${bottom}`} stroke="var(--s2)" strokeWidth="2" />
      )}
    </svg>
  );
}

interface CutoffProps {
  lengths: Lengths;
  cutoff: number;
  onChange: (cutoff: number) => void;
}

function Cutoff({ lengths, cutoff, onChange }: CutoffProps) {
  const t = useTranslations("datasets.lengths");
  const format = useFormat();
  const share = shareCut(lengths, cutoff);
  const most = Math.max(4096, 2 ** Math.ceil(Math.log2(lengths.longest + 1)));
  return (
    <div className="row row--wrap gap-x-4 gap-y-1 text-md">
      <span className="w-48">
        <Slider
          className="w-full"
          aria-label="cutoff_len"
          value={Math.min(cutoff, most)}
          min={16}
          max={most}
          step={16}
          onChange={onChange}
        />
      </span>
      <span className="mono small">cutoff_len {format.count(cutoff)}</span>
      <span className={share > 0 ? "t-warn" : "muted"}>
        {share > 0 ? t("cut", { percent: format.percent(share) }) : t("noneCut")}
      </span>
      <span className="faint">
        {t("facts", { median: format.count(lengths.median), longest: format.count(lengths.longest) })}
      </span>
    </div>
  );
}
