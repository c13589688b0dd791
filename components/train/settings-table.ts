/** Looking things up in the table of settings: names by group, what a control shows at first, when a setting matters. */
import { argumentSpec } from "@/server/contract/argument-table";
import { textOf } from "@/server/contract/configuration-values";
import { rateText } from "./field-text";
import type { Control, Setting, SettingGroup } from "./setting-kinds";
import { SETTINGS as ROWS } from "./setting-rows";

export type SettingName = keyof typeof ROWS;

/** What stands in the control of each setting: text, or on and off. */
export type SettingValues = {
  -readonly [Name in SettingName]: (typeof ROWS)[Name]["control"]["kind"] extends "switch" ? boolean : string;
};

export const SETTINGS: Readonly<Record<SettingName, Setting>> = ROWS;
export const SETTING_NAMES = Object.keys(ROWS) as SettingName[];

/** The settings of one group, in the table's order. */
export function settingsOf(group: SettingGroup): SettingName[] {
  return SETTING_NAMES.filter((name) => SETTINGS[name].group === group);
}

/** LLaMA Board's value for a setting, else LLaMA-Factory's default, as the control shows it. */
export function initialValue(name: SettingName): string | boolean {
  const { initial, control } = SETTINGS[name];
  if (initial !== undefined) return initial;
  return shownValue(control, argumentSpec(name)?.default);
}

/** A value of a configuration as a control of that kind shows it. */
export function shownValue(control: Control, value: unknown): string | boolean {
  switch (control.kind) {
    case "switch":
      return value === true;
    case "rate":
      return value === null || value === undefined ? "" : rateText(Number(value));
    case "mapping":
      return typeof value === "object" && value !== null ? JSON.stringify(value) : textOf(value);
    default:
      return textOf(value);
  }
}

/** The values that a choice offers, its first ones first. */
export function choicesOf(name: SettingName): readonly string[] {
  const { control } = SETTINGS[name];
  if (control.kind !== "choice") return [];
  return control.choices ?? (argumentSpec(name)?.choices ?? []).map(textOf);
}

/** Whether a setting matters for this form: LoRA's only with LoRA, GaLore's only with GaLore. */
export function appliesTo(name: SettingName, form: Readonly<Record<string, unknown>>): boolean {
  const { when } = SETTINGS[name];
  if (when === undefined) return true;
  return when.some((condition) =>
    Object.entries(condition).every(([field, values]) => values.includes(form[field] as string | boolean)),
  );
}

/** The fields on whose values it depends which settings matter. */
export const CONDITION_FIELDS: readonly string[] = [
  ...new Set(
    SETTING_NAMES.flatMap((name) =>
      (SETTINGS[name].when ?? []).flatMap((condition) => Object.keys(condition)),
    ),
  ),
];
