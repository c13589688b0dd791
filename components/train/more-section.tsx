"use client";
/** More: the settings that most runs leave alone, folded by matter, and the free text for all others. */
import { useContext, useState, useSyncExternalStore } from "react";
import { useWatch } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { TextArea } from "../ui/text-input";
import { changedNames } from "./form-changes";
import type { FieldName, TrainForm } from "./form-defaults";
import { FormSection } from "./form-section";
import { ProblemText } from "./problem-text";
import { SettingField } from "./setting-field";
import { FOLDED_GROUPS, type FoldedGroup } from "./setting-kinds";
import { type SettingName, settingsOf } from "./settings-table";
import { ProblemBoardContext, useProblemAt } from "./train-context";
import { useApplying } from "./use-applying";
import { useTrainField } from "./use-train-field";

export function MoreSection() {
  const t = useTranslations("train");
  const applies = useApplying();
  const groups = FOLDED_GROUPS.map((group) => ({ group, names: settingsOf(group).filter(applies) })).filter(
    ({ names }) => names.length > 0,
  );
  const count = groups.reduce((sum, { names }) => sum + names.length, 0);
  return (
    <FormSection title={t("section.more")} note={t("moreCount", { count })} last>
      <div className="more -mt-1">
        {groups.map(({ group, names }) => (
          <SettingsFold key={group} group={group} names={names} />
        ))}
        <ExtraFold />
      </div>
    </FormSection>
  );
}

function SettingsFold({ group, names }: { group: FoldedGroup; names: readonly SettingName[] }) {
  const t = useTranslations("train");
  const [open, setOpen] = useState(false);
  const hasError = useHasError(names);
  const changed = useChangedCount(names);
  const isOpen = open || hasError;
  return (
    <Disclosure
      title={t(`group.${group}.title`)}
      summary={changed > 0 ? t("changedCount", { count: changed }) : t(`group.${group}.summary`)}
      marked={changed > 0}
      open={isOpen}
      onOpenChange={setOpen}
      className={isOpen ? "span4" : ""}
    >
      <div className="grid4 grid4--fields py-3">
        {names.map((name) => (
          <SettingField key={name} name={name} />
        ))}
      </div>
    </Disclosure>
  );
}

/** Opens by itself where there is something in it: what a file said and no control stands for must be seen. */
function ExtraFold() {
  const t = useTranslations("train");
  const written = useWatch<TrainForm, "extra">({ name: "extra" });
  const [open, setOpen] = useState<boolean | null>(null);
  const hasError = useHasError(["extra"]);
  const isOpen = hasError || (open ?? written.trim() !== "");
  return (
    <Disclosure
      title={t("group.extra.title")}
      summary={t("group.extra.summary")}
      open={isOpen}
      onOpenChange={setOpen}
      className={isOpen ? "span4" : ""}
    >
      <ExtraArguments />
    </Disclosure>
  );
}

/** Whether one of the fields has an error; draws again only when that changes. */
function useHasError(fields: readonly FieldName[]): boolean {
  const board = useContext(ProblemBoardContext);
  return useSyncExternalStore(
    board.subscribe,
    () => fields.some((field) => board.at(field)?.severity === "error"),
    () => false,
  );
}

function useChangedCount(names: readonly SettingName[]): number {
  const values = useWatch<TrainForm, SettingName[]>({ name: [...names] });
  return changedNames(names, (name) => values[names.indexOf(name)] ?? "").length;
}

export function ExtraArguments() {
  const t = useTranslations("train");
  const field = useTrainField("extra");
  const problem = useProblemAt("extra");
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
          rows={Math.min(12, Math.max(4, field.value.split("\n").length))}
          placeholder={"lr_scheduler_kwargs:\n  num_cycles: 2"}
        />
      )}
    </Field>
  );
}
