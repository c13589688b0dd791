/** Which settings of a form differ from LLaMA Board's defaults. Pure. */
import { numberOrText } from "./field-text";
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
  if (kind === "number" || kind === "rate") return numberOrText(value.trim()) !== numberOrText(fallback);
  return value.trim() !== fallback;
}

/** Every changed setting that applies, in the table's order. */
export function changesOf(form: TrainForm): Change[] {
  return SETTING_NAMES.filter((name) => appliesTo(name, form) && isChanged(name, form[name])).map((name) => ({
    name,
    from: String(BOARD_DEFAULTS[name]),
    to: String(form[name]),
  }));
}
