"use client";
/**
 * "Try several values": one or two arguments with their values, the number of runs that makes, and the button that
 * queues them all. It gets the configuration that all of them share and knows nothing of the form.
 */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { ApiError, callApi, type Created } from "@/components/api/client";
import { queryKeys } from "@/components/api/query-keys";
import { valueText } from "@/components/run/changed-config";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Message } from "@/components/ui/message";
import { TextInput } from "@/components/ui/text-input";
import type { EngineWish } from "@/server/contract/api";
import { ARGUMENTS, argumentSpec } from "@/server/contract/argument-table";
import {
  createSweepSchema,
  isNumericArgument,
  MAX_SWEEP_RUNS,
  parseSweepValues,
  type SweepAxis,
  sweepGrid,
  sweepRunName,
} from "@/server/contract/sweep";

export interface SweepDialogProps {
  /** What all runs of the sweep share. */
  config: Record<string, unknown>;
  engine?: EngineWish;
  /** The group's name, from which the runs' names are made. */
  name: string;
  onClose: () => void;
}

/** The arguments that people sweep over; offered first. */
const USUAL = ["learning_rate", "lora_rank", "lora_alpha", "num_train_epochs", "lora_dropout", "cutoff_len"];

interface AxisDraft {
  argument: string;
  text: string;
}

export function SweepDialog({ config, engine, name, onClose }: SweepDialogProps) {
  const t = useTranslations("runs.sweep");
  const router = useRouter();
  const queries = useQueryClient();
  const [group, setGroup] = useState(name || "sweep");
  const [drafts, setDrafts] = useState<readonly AxisDraft[]>([
    { argument: "learning_rate", text: suggestion(config) },
  ]);
  const axes = drafts.map(readAxis);
  const ready = axes.every((axis): axis is SweepAxis => !("problem" in axis));
  const names = ready ? sweepGrid(axes).map((values) => sweepRunName(group, values)) : [];
  const isGroupName = createSweepSchema.shape.name.safeParse(group).success;
  const twice = drafts[1]?.argument === drafts[0]!.argument;
  const start = useMutation({
    mutationFn: () =>
      callApi<Created & { runs: string[] }>("/api/sweeps", {
        method: "POST",
        body: { config, axes, name: group, engine },
      }),
    onSuccess: async (sweep) => {
      await queries.invalidateQueries({ queryKey: queryKeys.runs });
      router.push(`/runs?sweep=${sweep.id}&runs=${sweep.runs.join(",")}`);
      onClose();
    },
  });
  const change = (index: number, part: Partial<AxisDraft>) =>
    setDrafts(drafts.map((draft, at) => (at === index ? { ...draft, ...part } : draft)));
  const isRunnable = ready && isGroupName && !twice && names.length > 0 && names.length <= MAX_SWEEP_RUNS;

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("dialogTitle")}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isRunnable) start.mutate();
        }}
      >
        <p className="muted">{t("what")}</p>
        <Field
          label={t("name")}
          problem={isGroupName ? null : { severity: "error", message: t("nameProblem") }}
        >
          {(ids) => <TextInput {...ids} value={group} onChange={(event) => setGroup(event.target.value)} />}
        </Field>
        {drafts.map((draft, index) => (
          <AxisFields
            key={index}
            draft={draft}
            axis={axes[index]!}
            isTwice={twice && index === 1}
            onChange={(part) => change(index, part)}
            onRemove={index === 0 ? null : () => setDrafts(drafts.slice(0, 1))}
          />
        ))}
        {drafts.length === 1 && (
          <Button
            size="sm"
            kind="ghost"
            icon="plus"
            className="self-start"
            onClick={() => setDrafts([...drafts, { argument: "lora_rank", text: "8, 16, 32" }])}
          >
            {t("second")}
          </Button>
        )}
        {names.length > 0 && (
          <p>
            <b className="strong">{t("count", { count: names.length })}</b>{" "}
            <span className="muted">
              {names.slice(0, 3).join(", ")}
              {names.length > 3 ? " …" : ""}
            </span>
          </p>
        )}
        {names.length > MAX_SWEEP_RUNS && (
          <Message kind="bad">{t("tooMany", { most: MAX_SWEEP_RUNS })}</Message>
        )}
        {start.error && <Message kind="bad">{failureText(start.error)}</Message>}
        <div className="row justify-end">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" kind="primary" icon="play" disabled={!isRunnable || start.isPending}>
            {t("start", { count: names.length })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function failureText(error: Error): string {
  return error instanceof ApiError && error.problems[0]
    ? `${error.problems[0].argument}: ${error.problems[0].message}`
    : error.message;
}

interface AxisFieldsProps {
  draft: AxisDraft;
  axis: SweepAxis | { problem: string };
  isTwice: boolean;
  onChange: (part: Partial<AxisDraft>) => void;
  onRemove: (() => void) | null;
}

function AxisFields({ draft, axis, isTwice, onChange, onRemove }: AxisFieldsProps) {
  const t = useTranslations("runs.sweep");
  const listId = useId();
  const problem = "problem" in axis ? axis.problem : null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_auto] items-start gap-3 max-wide:grid-cols-1">
      <Field
        label={t("argument")}
        problem={
          isTwice
            ? { severity: "error", message: t("twice") }
            : problem === "argument"
              ? { severity: "error", message: t("problem.argument") }
              : null
        }
      >
        {(ids) => (
          <>
            <TextInput
              {...ids}
              className="mono"
              list={listId}
              spellCheck={false}
              value={draft.argument}
              onChange={(event) => onChange({ argument: event.target.value.trim() })}
            />
            <datalist id={listId}>
              {[...USUAL, ...NUMERIC].map((argument) => (
                <option key={argument} value={argument} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        label={t("values")}
        hint={"problem" in axis ? t("valuesHint") : axis.values.map(valueText).join(", ")}
        problem={
          problem === null || problem === "argument"
            ? null
            : { severity: "error", message: t(`problem.${problem as "empty" | "number" | "range"}`) }
        }
      >
        {(ids) => (
          <TextInput
            {...ids}
            className="mono"
            spellCheck={false}
            value={draft.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
        )}
      </Field>
      {onRemove && (
        <Button size="sm" kind="ghost" icon="close" className="mt-6 max-wide:mt-0" onClick={onRemove}>
          {t("removeAxis")}
        </Button>
      )}
    </div>
  );
}

const NUMERIC = ARGUMENTS.map(({ name }) => name).filter(
  (name) => isNumericArgument(name) && !USUAL.includes(name),
);

function readAxis({ argument, text }: AxisDraft): SweepAxis | { problem: string } {
  if (!isNumericArgument(argument)) return { problem: "argument" };
  const values = parseSweepValues(text, argumentSpec(argument)?.type === "int");
  return Array.isArray(values) ? { argument, values } : values;
}

/** Half, once and twice the learning rate at hand. */
function suggestion(config: Readonly<Record<string, unknown>>): string {
  const rate = Number(config.learning_rate ?? 5e-5);
  const around = Number.isFinite(rate) && rate > 0 ? rate : 5e-5;
  return [around / 2, around, around * 2]
    .map((value) => Number(value.toPrecision(3)).toExponential())
    .join(", ");
}
