"use client";
/** Which way to train, why, what the others would take, and one click for each. It is handed the facts and changes nothing. */
import { useState } from "react";
import { useTranslations } from "use-intl";
import { textOf } from "@/server/contract/configuration-values";
import {
  adviseMethod,
  type AdvisedWay,
  type Goal,
  GOALS,
  type MethodAdvice,
} from "@/server/contract/method-advice";
import type { TrainingWay } from "@/server/contract/training-ways";
import { useFormat } from "../i18n/use-format";
import { useJoining } from "../i18n/use-joining";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { Message } from "../ui/message";
import { Select } from "../ui/select";
import { FitMark } from "./fit-mark";

export interface MethodAdviceProps {
  ways: readonly TrainingWay[];
  /** Rows to train on; null where the data is not known. */
  rows: number | null;
  /** The engine that the form trains with now: another one's ways are named as such. */
  engine: TrainingWay["engine"];
  /** Makes a way's changes in the form. */
  onTake: (way: TrainingWay) => void;
  /** Takes only so many rows. */
  onSample: (rows: number) => void;
}

export function MethodAdviceCard({ ways, rows, engine, onTake, onSample }: MethodAdviceProps) {
  const t = useTranslations("models.advice");
  const [goal, setGoal] = useState<Goal>("style");
  if (ways.length === 0) return null;
  const advice = adviceFor({ ways, rows, goal, engine });
  return (
    <section aria-label={t("title")} className="grid gap-2 border-t border-line pt-3">
      <div className="row between row--wrap gap-x-4 gap-y-1">
        <h3>{t("title")}</h3>
        <label className="row text-md">
          <span className="muted nowrap">{t("goal")}</span>
          <Select
            className="w-52"
            aria-label={t("goal")}
            value={goal}
            options={GOALS.map((each) => ({ value: each, label: t(`goals.${each}`) }))}
            onChange={(chosen) => setGoal(chosen as Goal)}
          />
        </label>
      </div>
      {advice.best === null ? (
        <Message kind="warn">{t("none")}</Message>
      ) : (
        <Best best={advice.best} advice={advice} engine={engine} onTake={onTake} />
      )}
      {advice.sample && <Sample advice={advice} onSample={onSample} />}
      <OtherWays advice={advice} engine={engine} onTake={onTake} />
    </section>
  );
}

/** The form's own engine first; another one only where nothing of it fits. */
function adviceFor({
  ways,
  rows,
  goal,
  engine,
}: Pick<MethodAdviceProps, "ways" | "rows" | "engine"> & { goal: Goal }): MethodAdvice {
  const own = adviseMethod({ ways: ways.filter((way) => way.engine === engine), rows, goal });
  const others = ways.filter((way) => way.engine !== engine);
  if (own.best !== null || others.length === 0) return own;
  const other = adviseMethod({ ways: others, rows, goal });
  return { ...other, ways: [...own.ways, ...other.ways] };
}

interface BestProps {
  best: TrainingWay;
  advice: MethodAdvice;
  engine: TrainingWay["engine"];
  onTake: (way: TrainingWay) => void;
}

function Best({ best, advice, engine, onTake }: BestProps) {
  const t = useTranslations("models.advice");
  const name = useWayName();
  const format = useFormat();
  const { sentences } = useJoining();
  const changes = useChangeWords();
  const isSet = Object.keys(best.set).length === 0 && best.engine === engine;
  return (
    <>
      <p>
        <b className="strong">
          {best.seconds === null
            ? name(best, engine)
            : t("best", {
                way: name(best, engine),
                time: t("time", { time: format.duration(best.seconds) }),
              })}
        </b>{" "}
        <span className="muted">{sentences(advice.reasons.map((reason) => t(`reason.${reason}`)))}</span>
      </p>
      {isSet ? (
        <p className="hint">{t("inForm")}</p>
      ) : (
        <div className="row row--wrap gap-x-3 gap-y-1">
          <Button size="sm" kind="primary" onClick={() => onTake(best)}>
            {t("use", { way: name(best, engine) })}
          </Button>
          <span className="hint">{t("changes", { changes: changes(best) })}</span>
        </div>
      )}
    </>
  );
}

function Sample({ advice, onSample }: { advice: MethodAdvice; onSample: (rows: number) => void }) {
  const t = useTranslations("models.advice");
  const format = useFormat();
  const { best, sample } = advice;
  if (!sample || best?.seconds == null) return null;
  return (
    <div className="row row--wrap gap-x-3 gap-y-1">
      <Button size="sm" onClick={() => onSample(sample.rows)}>
        {t("sample", { rows: format.count(sample.rows) })}
      </Button>
      <span className="hint">
        {t("sampleSays", { time: format.duration(sample.seconds), all: format.duration(best.seconds) })}
      </span>
    </div>
  );
}

function OtherWays({ advice, engine, onTake }: Omit<BestProps, "best">) {
  const t = useTranslations("models.advice");
  const [open, setOpen] = useState(false);
  const others = advice.ways.filter(({ verdict }) => verdict !== "best");
  if (others.length === 0) return null;
  return (
    <Disclosure title={t("others")} open={open} onOpenChange={setOpen}>
      <div className="tw">
        <table className="text-md">
          <caption className="vh">{t("others")}</caption>
          <tbody>
            {others.map((advised) => (
              <OtherWay
                key={`${advised.way.engine} ${advised.way.id}`}
                advised={advised}
                engine={engine}
                onTake={onTake}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Disclosure>
  );
}

function OtherWay({
  advised: { way, verdict, reason },
  engine,
  onTake,
}: {
  advised: AdvisedWay;
} & Pick<BestProps, "engine" | "onTake">) {
  const t = useTranslations("models.advice");
  const tWay = useTranslations("models.way");
  const name = useWayName();
  const format = useFormat();
  return (
    <tr>
      <td>
        <span className="block font-medium">{name(way, engine)}</span>
        <span className="hint block">{tWay(`${way.id}.says`)}</span>
      </td>
      <td className="n">{format.bytes(way.memory.device_bytes)}</td>
      <td className="n">{way.seconds === null ? "–" : format.duration(way.seconds)}</td>
      <td>
        <FitMark fits={way.host_fits ? way.memory.fits : "no"} />
        {!reason.startsWith("fits") && reason !== "does_not_fit" && (
          <span className="hint block">{t(`reason.${reason}`)}</span>
        )}
      </td>
      <td className="n">
        {verdict === "possible" && (
          <Button size="sm" onClick={() => onTake(way)} aria-label={t("take", { way: name(way, engine) })}>
            {t("take", { way: tWay(`${way.id}.short`) })}
          </Button>
        )}
      </td>
    </tr>
  );
}

function useWayName() {
  const t = useTranslations("models.advice");
  const tWay = useTranslations("models.way");
  const { facts } = useJoining();
  return (way: TrainingWay, engine: TrainingWay["engine"]) =>
    facts(way.engine === engine ? [tWay(`${way.id}.name`)] : [tWay(`${way.id}.name`), t("on")]);
}

/** "finetuning_type full, learning_rate 1.0e-5" */
function useChangeWords() {
  const t = useTranslations("models.advice");
  const format = useFormat();
  return ({ set }: TrainingWay) =>
    Object.entries(set)
      .map(([name, value]) =>
        value === null
          ? t("removes", { name })
          : `${name} ${name === "learning_rate" ? format.rate(Number(value)) : textOf(value)}`,
      )
      .join(", ");
}
