"use client";
/** What to measure on what: one model, one or more datasets, and LLaMA Board's settings for it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { callApi, type Created } from "../api/client";
import { chatTargetsQuery } from "../api/queries";
import { queryKeys } from "../api/query-keys";
import { TargetField } from "../chat/target-field";
import { useSay } from "../i18n/use-say";
import { EngineField } from "../train/engine-field";
import { DatasetPicker } from "../datasets/dataset-picker";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { atFirstTouch } from "../ui/first-touch";
import { lateModule } from "../ui/late-module";
import { Message } from "../ui/message";
import { Segmented } from "../ui/segmented";
import { TextInput } from "../ui/text-input";
import { EMPTY_FORM, type EvaluationForm, NUMBER_FIELDS, requestOf } from "./evaluation-request";

/** What checks the form weighs as much as the page around it; an empty form needs it only once it is touched. */
const checks = lateModule(() => import("@/server/contract/evaluation"));

export interface EvaluationFormProps {
  /** The target to begin with: what a link from elsewhere asks for. */
  target: string;
  onStarted: (id: string) => void;
}

export function EvaluationFormView({ target, onStarted }: EvaluationFormProps) {
  const t = useTranslations("evaluate");
  const say = useSay();
  const queries = useQueryClient();
  const { data: targets } = useQuery(chatTargetsQuery);
  const [form, setForm] = useState<EvaluationForm>({ ...EMPTY_FORM, target });
  const [isOpen, setIsOpen] = useState(false);
  const set = (change: Partial<EvaluationForm>) => setForm((before) => ({ ...before, ...change }));

  const parsed = checks.useLoaded()?.createEvaluationSchema.safeParse(requestOf(form));
  useEffect(() => (target === "" ? atFirstTouch(checks.begin) : checks.begin()), [target]);
  const problemAt = (name: string) => {
    const issue = parsed?.error?.issues.find(({ path }) => path[0] === name);
    return issue && form[name as keyof EvaluationForm] !== ""
      ? ({ severity: "error", message: say(issue.message) } as const)
      : null;
  };

  const start = useMutation({
    mutationFn: () => callApi<Created>("/api/evaluations", { method: "POST", body: parsed?.data }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: queryKeys.runs });
      onStarted(id);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (parsed?.success) start.mutate();
  }

  const predicts = form.measure === "answers";
  return (
    <form onSubmit={submit} className="grid gap-4 border-t border-line py-5" aria-label={t("new")}>
      <div className="grid2">
        <Field label={t("model")} explanation={t("modelExplain")} className="span2">
          {(ids) => (
            <TargetField
              {...ids}
              value={form.target}
              targets={targets?.items ?? []}
              onPick={(id) => set({ target: id })}
            />
          )}
        </Field>
        <Field label={t("data")} explanation={t("dataExplain")} className="span2">
          {() => (
            <div className="row row--wrap">
              <DatasetPicker
                name="eval_dataset"
                wantsPairs={false}
                chosen={form.datasets}
                onChange={(datasets) => set({ datasets })}
              />
            </div>
          )}
        </Field>
      </div>
      <div className="grid gap-1.5">
        <Segmented
          aria-label={t("measure")}
          value={form.measure}
          onChange={(measure) => set({ measure })}
          options={[
            { value: "answers", label: t("answers") },
            { value: "loss", label: t("loss") },
          ]}
        />
        <p className="hint">{t(predicts ? "answersHint" : "lossHint")}</p>
      </div>
      <Disclosure title={t("more")} open={isOpen} onOpenChange={setIsOpen}>
        <div className="grid2 pt-3">
          {NUMBER_FIELDS.filter(
            ({ only }) => !only || (predicts && (only !== "sampling" || form.do_sample)),
          ).map(({ name }) => (
            <Field
              key={name}
              label={t(`field.${name}.label`)}
              explanation={t(`field.${name}.explain`)}
              problem={problemAt(name)}
            >
              {(ids) => (
                <TextInput
                  {...ids}
                  inputMode="decimal"
                  value={form[name]}
                  onChange={(event) => set({ [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
          <EngineField
            value={form.engine}
            onChange={(engine) => set({ engine })}
            automatic={null}
            explanation={t("engineExplain")}
          />
          <Field label={t("name")} explanation={t("nameExplain")} problem={problemAt("name")}>
            {(ids) => (
              <TextInput {...ids} value={form.name} onChange={(event) => set({ name: event.target.value })} />
            )}
          </Field>
          {predicts && (
            <div className="span2">
              <Checkbox checked={form.do_sample} onChange={(do_sample) => set({ do_sample })}>
                {t("sample")}
              </Checkbox>
            </div>
          )}
        </div>
      </Disclosure>
      {start.error && <Message kind="bad">{start.error.message}</Message>}
      <div className="row">
        <Button type="submit" kind="primary" disabled={!parsed?.success || start.isPending}>
          {t("start")}
        </Button>
        {form.target === "" || form.datasets.length === 0 ? <span className="hint">{t("needs")}</span> : null}
      </div>
    </form>
  );
}
