/**
 * Settings that follow the choice of model, method and stage as long as nobody changed them: LLaMA Board's default where
 * that suits the choice, the starter's numbers for the starter, else the usual value. Pure.
 */
import type { ModelSummary } from "@/server/contract/api";
import { isUsual, usualValues, type UsualValue } from "@/server/contract/usual-values";
import { numberOrText, rateText } from "./field-text";
import { BOARD_DEFAULTS, STARTER_PRESET, type TrainForm } from "./form-defaults";
import type { SettingName, SettingValues } from "./settings-table";

type KnownModel = Pick<ModelSummary, "source" | "parameters" | "context_length"> | null;

/** What matters for the usual values. */
export type Choice = Pick<TrainForm, "finetuning_type" | "stage" | "rope_scaling"> & { model: KnownModel };

/** Settings that are written, not switched. */
type WrittenSetting = {
  [Name in SettingName]: SettingValues[Name] extends string ? Name : never;
}[SettingName];
export type WrittenSettings = Partial<Record<WrittenSetting, string>>;

/** What is usual for a choice. */
export function usualFor({ finetuning_type, stage, rope_scaling, model }: Choice): UsualValue[] {
  return usualValues({
    finetuning_type,
    stage,
    parameters: model?.parameters ?? null,
    context_length: rope_scaling === "" ? (model?.context_length ?? null) : null,
  });
}

/** How a setting's control shows a usual value. */
export function usualText({ argument, value }: UsualValue): string {
  return argument === "learning_rate" ? rateText(value) : String(value);
}

/** The starter's numbers; what is chosen elsewhere (model, data, method) is none of them. */
const STARTER_SETTINGS: WrittenSettings = (() => {
  const { finetuning_type: _m, stage: _s, template: _t, val_size: _v, ...settings } = STARTER_PRESET;
  return settings;
})();

/**
 * What changes in a form with a choice: settings that still have a default of the earlier choice get that of the new one.
 * @param form as it was, with the earlier choice
 */
export function followChoice(form: TrainForm, from: Choice, to: Choice): WrittenSettings {
  const before = defaultsFor(from);
  const after = defaultsFor(to);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as WrittenSetting[];
  const changes = names.flatMap((name) => {
    const board = String(BOARD_DEFAULTS[name]);
    const untouched = [board, before[name] ?? board].some((value) => isSame(String(form[name]), value));
    const wanted = after[name] ?? board;
    return untouched && !isSame(String(form[name]), wanted) ? [[name, wanted]] : [];
  });
  return Object.fromEntries(changes) as WrittenSettings;
}

/** Defaults that differ from LLaMA Board's. */
function defaultsFor(choice: Choice): WrittenSettings {
  const defaults: WrittenSettings = choice.model?.source === "starter" ? { ...STARTER_SETTINGS } : {};
  for (const usual of usualFor(choice)) {
    const value = Number(defaults[usual.argument] ?? BOARD_DEFAULTS[usual.argument]);
    if (!isUsual(usual, value)) defaults[usual.argument] = usualText(usual);
  }
  return defaults;
}

function isSame(a: string, b: string): boolean {
  return a.trim() === b.trim() || numberOrText(a.trim()) === numberOrText(b.trim());
}
