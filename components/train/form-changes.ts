/** Which settings of a form differ from LLaMA Board's defaults. Pure. */
import { numberOrText, productOrText } from "./field-text";
import { BOARD_DEFAULTS, type TrainForm } from "./form-defaults";
import { appliesTo, type SettingName, SETTING_NAMES, SETTINGS } from "./settings-table";

export interface Change {
  name: SettingName;
  from: string;
  to: string;
}

/** Whether a setting differs from its default; "5e-5" and "5.0e-5" do not differ. */
export function isChanged(name: SettingName, value: string | boolean): boolean {
  const fallback = BOARD_DEFAULTS[name];
  if (typeof value === "boolean" || typeof fallback === "boolean") return value !== fallback;
  const { kind } = SETTINGS[name].control;
  if (kind === "pixels") return productOrText(value) !== productOrText(fallback);
  if (kind === "number" || kind === "rate") return numberOrText(value.trim()) !== numberOrText(fallback);
  return value.trim() !== fallback;
}

/** The changed ones among some settings. */
export function changedNames(
  names: readonly SettingName[],
  valueOf: (name: SettingName) => string | boolean,
): SettingName[] {
  return names.filter((name) => isChanged(name, valueOf(name)));
}

/** Every changed setting that applies, in the table's order. */
export function changesOf(form: TrainForm): Change[] {
  const applying = SETTING_NAMES.filter((name) => appliesTo(name, form));
  return changedNames(applying, (name) => form[name]).map((name) => ({
    name,
    from: String(BOARD_DEFAULTS[name]),
    to: String(form[name]),
  }));
}
