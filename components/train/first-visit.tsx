"use client";
/** The short form: method and numbers as one line each; on the first visit also its head, and what there will be to see. */
import { useQuery } from "@tanstack/react-query";
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { FINETUNING_TYPES, STAGES } from "@/server/contract/training-choices";
import { datasetRowsQuery } from "../api/queries";
import { useFormat } from "../i18n/use-format";
import { Button } from "../ui/button";
import { turnsOf } from "@/server/contract/dataset-row";
import type { TrainForm } from "./form-defaults";
import { FormSection } from "./form-section";
import type { WholeForm } from "./late-parts";
import { useTrainPage } from "./train-context";
import { useRowsPerStep } from "./use-rows-per-step";

const A_MINUTE = 60;

export function FirstHead() {
  const t = useTranslations("train.first");
  const format = useFormat();
  const seconds = useTrainPage().forecast?.seconds ?? A_MINUTE;
  const time = seconds < 1.5 * A_MINUTE ? t("aMinute") : format.duration(seconds);
  return (
    <>
      <div className="page-head mb-1">
        <h1>{t("title")}</h1>
      </div>
      <p className="mb-5 text-lg">
        <b>{t("lead", { time })}</b> <span className="muted">{t("more")}</span>
      </p>
    </>
  );
}

export interface FirstVisitSectionsProps {
  /** Null on the first visit: the method is a sentence then; later it is the third of the three choices. */
  whole: WholeForm | null;
  onExpand: () => void;
}

export function FirstVisitSections({ whole, onExpand }: FirstVisitSectionsProps) {
  const t = useTranslations("train");
  const format = useFormat();
  const form = useWatch<TrainForm>() as TrainForm;
  const rowsPerStep = useRowsPerStep();
  const method = FINETUNING_TYPES.find((each) => each === form.finetuning_type) ?? "lora";
  const stage = STAGES.find((each) => each === form.stage) ?? "sft";
  return (
    <>
      <FormSection title={t("section.how")} text={whole === null}>
        {whole && <whole.MethodCards />}
        <div className="row between row--wrap">
          <span>
            <b className="strong">
              {t("method.summary", {
                method: t(`method.${method}.name`),
                stage: t(`stage.${stage}`).toLowerCase(),
              })}
            </b>{" "}
            <span className="muted">{whole ? t(`stageSays.${stage}`) : t(`method.${method}.says`)}</span>
          </span>
          <Button kind="link" onClick={onExpand}>
            {t("first.change")}
          </Button>
        </div>
      </FormSection>
      <div className="border-b border-line">
        <FormSection title={t("section.numbers")} text>
          <div className="row between row--wrap">
            <dl className="facts">
              <Fact name={t("field.learning_rate.label")} value={form.learning_rate} />
              <Fact name={t("field.num_train_epochs.label")} value={form.num_train_epochs} />
              {rowsPerStep !== null && <Fact name={t("rowsPerStep")} value={format.count(rowsPerStep)} />}
              {method === "lora" && <Fact name={t("rank")} value={form.lora_rank} />}
            </dl>
            <Button kind="link" onClick={onExpand}>
              {t("first.change")}
            </Button>
          </div>
        </FormSection>
      </div>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const ROWS_LOOKED_AT = 10;
const ASKS_FOR_NAME = /\bname\b|\bwho are you\b|名字|你是谁/i;

function firstExchange(row: unknown): { question: string; answer: string } | null {
  const turns = turnsOf(row) ?? [];
  const question = turns.find((turn) => turn.speaker === "person")?.text;
  const answer = turns.find((turn) => turn.speaker === "model")?.text;
  return question && answer ? { question, answer } : null;
}

/** A sketch of the loss to come, and the answer that the model will have learnt. */
export function FirstVisitOutlook({ form }: { form: TrainForm }) {
  const t = useTranslations("train.first");
  const { forecast } = useTrainPage();
  const dataset = form.dataset[0] ?? "";
  const { data } = useQuery({ ...datasetRowsQuery(dataset, 0, ROWS_LOOKED_AT), enabled: dataset !== "" });
  const exchanges = (data?.items ?? []).map(firstExchange).filter((exchange) => exchange !== null);
  const shown = exchanges.find(({ question }) => ASKS_FOR_NAME.test(question)) ?? exchanges[0];
  return (
    <div className="grid gap-3 border-t border-line pt-3">
      <h3>{t("thenTitle")}</h3>
      <svg className="chart" viewBox="0 0 360 92" aria-hidden="true">
        <path className="gl" d="M4 8H356M4 40H356" />
        <path className="ax" d="M4 72H356" />
        <path className="ln" strokeDasharray="4 4" d={SKETCH} />
        <text x="4" y="88">
          {t("start")}
        </text>
        {forecast?.total_steps != null && (
          <text x="356" y="88" textAnchor="end">
            {t("lastStep", { step: forecast.total_steps })}
          </text>
        )}
        <text className="t-2" x="356" y="52" textAnchor="end">
          {t("falling")}
        </text>
      </svg>
      {shown && (
        <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-1 text-md">
          <dt className="faint">{t("asked")}</dt>
          <dd className="muted">{shown.question}</dd>
          <dt className="faint">{t("after")}</dt>
          <dd>
            <mark>{shown.answer}</mark>
          </dd>
        </dl>
      )}
    </div>
  );
}

/** 8 + 55·(1 − e^(−t/11)) over forty points: how a loss falls. */
const SKETCH = Array.from({ length: 41 }, (_, index) => {
  const y = 8 + 55 * (1 - Math.exp(-index / 11));
  return `${index === 0 ? "M" : "L"}${(4 + index * 8.6).toFixed(1)} ${y.toFixed(1)}`;
}).join("");
