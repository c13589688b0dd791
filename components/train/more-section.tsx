"use client";
/** More: the settings that most runs leave alone, folded by matter, and the free text for all others. */
import { useState } from "react";
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { TextArea } from "../ui/text-input";
import type { TrainForm } from "./form-defaults";
import { problemAt } from "./form-problems";
import { FormSection } from "./form-section";
import { ProblemText } from "./problem-text";
import { SettingField } from "./setting-field";
import { appliesTo, MORE_GROUPS, type MoreGroup, settingsOf } from "./settings-table";
import { useTrainPage } from "./train-context";
import { useTrainField } from "./use-train-field";

type Fold = MoreGroup | "extra";

export function MoreSection() {
  const t = useTranslations("train");
  const { problems } = useTrainPage();
  const [open, setOpen] = useState<ReadonlySet<Fold>>(new Set());
  const [finetuning_type, stage] = useWatch<TrainForm, ["finetuning_type", "stage"]>({
    name: ["finetuning_type", "stage"],
  });
  const applying = (group: MoreGroup) =>
    settingsOf(group).filter((name) => appliesTo(name, { finetuning_type, stage }));
  const folds: readonly Fold[] = [...MORE_GROUPS.filter((group) => applying(group).length > 0), "extra"];
  const count = MORE_GROUPS.reduce((sum, group) => sum + applying(group).length, 0);
  const hasProblem = (fold: Fold) =>
    fold === "extra"
      ? problemAt(problems, "extra") !== null
      : settingsOf(fold).some((name) => problemAt(problems, name)?.severity === "error");

  function toggle(fold: Fold, isOpen: boolean) {
    const next = new Set(open);
    if (isOpen) next.add(fold);
    else next.delete(fold);
    setOpen(next);
  }

  return (
    <FormSection title={t("section.more")} note={t("moreCount", { count })} last>
      <div className="more -mt-1">
        {folds.map((fold) => {
          const isOpen = open.has(fold) || hasProblem(fold);
          return (
            <Disclosure
              key={fold}
              title={t(`group.${fold}.title`)}
              summary={t(`group.${fold}.summary`)}
              open={isOpen}
              onOpenChange={(next) => toggle(fold, next)}
              className={isOpen ? "span4" : ""}
            >
              {fold === "extra" ? (
                <ExtraArguments />
              ) : (
                <div className="grid4 grid4--fields py-3">
                  {applying(fold).map((name) => (
                    <SettingField key={name} name={name} />
                  ))}
                </div>
              )}
            </Disclosure>
          );
        })}
      </div>
    </FormSection>
  );
}

export function ExtraArguments() {
  const t = useTranslations("train");
  const { problems } = useTrainPage();
  const field = useTrainField("extra");
  const problem = problemAt(problems, "extra");
  return (
    <Field
      label={t("group.extra.title")}
      className="py-3"
      hint={t("extraExplain")}
      problem={problem && { severity: problem.severity, message: <ProblemText problem={problem} /> }}
    >
      {(ids) => (
        <TextArea
          {...ids}
          name="extra"
          value={field.value}
          onChange={(event) => field.onChange(event.target.value)}
          className="mono"
          spellCheck={false}
          rows={4}
          placeholder={"lr_scheduler_kwargs:\n  num_cycles: 2"}
        />
      )}
    </Field>
  );
}
