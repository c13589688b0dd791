"use client";
/** Chooses model, method or stage; settings that nobody changed follow, a note tells which, and offers the way back. */
import { useQueryClient } from "@tanstack/react-query";
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import { modelQuery, modelsQuery } from "../api/queries";
import { useJoining } from "../i18n/use-joining";
import { useToast } from "../ui/toast";
import { useFieldWords } from "./field-words";
import type { TrainForm } from "./form-defaults";
import { followChoice, type Choice, type WrittenSettings } from "./usual-settings";

/** Settings that the note names. */
const SHOWN = 5;

type Chosen = Partial<
  Pick<TrainForm, "model_name_or_path" | "adapter_name_or_path" | "template" | "finetuning_type" | "stage">
>;

export function useFollowChoice(): (chosen: Chosen) => void {
  const t = useTranslations("train");
  const { nameOf } = useFieldWords();
  const undo = useTranslations("shell")("undo");
  const { facts, named } = useJoining();
  const toast = useToast();
  const queries = useQueryClient();
  const { getValues, setValue } = useFormContext<TrainForm>();

  const choiceOf = (form: TrainForm): Choice => {
    const path = form.model_name_or_path;
    const listed = queries.getQueryData(modelsQuery.queryKey)?.items.find((each) => each.path === path);
    return { ...form, model: listed ?? queries.getQueryData(modelQuery(path).queryKey) ?? null };
  };

  return (chosen) => {
    const before = { ...getValues() };
    const follows = followChoice(before, choiceOf(before), choiceOf({ ...before, ...chosen }));
    const names = Object.keys(follows) as (keyof WrittenSettings)[];
    const changed = Object.entries({ ...chosen, ...follows }) as [keyof Chosen, string][];
    for (const [name, value] of changed) setValue(name, value);
    if (names.length === 0) return;
    const changes = names.slice(0, SHOWN).map((name) => named(nameOf(name), follows[name]!));
    if (names.length > SHOWN) changes.push("…");
    toast({
      text: t("usual.followed", { changes: facts(changes) }),
      action: { label: undo, onClick: () => names.forEach((name) => setValue(name, before[name])) },
    });
  };
}
