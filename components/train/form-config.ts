/**
 * Between the form and LLaMA-Factory's configuration, both ways. The form holds text; the configuration holds numbers,
 * and holds text that is no number unchanged, so that the schema can say what is wrong with it.
 */
import { argumentSpec } from "@/server/contract/argument-table";
import { isOn, splitList, textOf } from "@/server/contract/configuration-values";
import { OWN_ARGUMENTS } from "@/server/contract/training-choices";
import { COMPOSITES } from "./composite-settings";
import { numberOrText, parseShare, productOrText, shareText } from "./field-text";
import { BOARD_DEFAULTS, type FieldName, type TrainForm } from "./form-defaults";
import { appliesTo, type SettingName, SETTING_NAMES, SETTINGS, shownValue } from "./settings-table";
import { parseYaml, writeYaml } from "./yaml-text";

export type Config = Record<string, unknown>;

/** The arguments that the form writes by itself and that no control stands for. */
const IMPLIED = ["do_train", "include_num_input_tokens_seen", "output_dir"] as const;

/** The configuration that the form asks for. Extra arguments come last and win, as in LLaMA Board. */
export function formToConfig(form: TrainForm): Config {
  const share = parseShare(form.val_size);
  const config: Config = {
    model_name_or_path: form.model_name_or_path.trim(),
    ...(form.adapter_name_or_path && { adapter_name_or_path: form.adapter_name_or_path }),
    template: form.template,
    stage: form.stage,
    do_train: true,
    finetuning_type: form.finetuning_type,
    dataset: form.dataset.join(","),
    ...(share !== 0 && { val_size: share }),
  };
  for (const name of SETTING_NAMES) {
    if (appliesTo(name, form)) Object.assign(config, settingArguments(name, form));
  }
  config["include_num_input_tokens_seen"] = true;
  return { ...config, ...extraArguments(form.extra).config };
}

/** What one setting adds to the configuration: nothing where it says what would be so without it. */
function settingArguments(name: SettingName, form: TrainForm): Config {
  const composite = COMPOSITES[name];
  if (composite) return composite.write(form);
  const value = settingToArgument(name, form[name]);
  if (value === null || (!SETTINGS[name].always && isArgumentDefault(name, value))) return {};
  return { [name]: value };
}

function settingToArgument(name: SettingName, value: string | boolean): unknown {
  if (typeof value === "boolean") return value;
  const written = value.trim();
  if (written === "") return null;
  const { control } = SETTINGS[name];
  switch (control.kind) {
    case "number":
    case "rate":
      return numberOrText(written);
    case "pixels":
      return productOrText(written);
    case "mapping":
      return mappingOrText(written);
    case "choice":
      return choiceValue(name, written);
    default:
      return written;
  }
}

/** Choices are text in the form; some are numbers or switches in the configuration. */
function choiceValue(name: SettingName, written: string): unknown {
  const type = argumentSpec(name)?.type;
  if (type === "int" || type === "float") return numberOrText(written);
  if (type === "bool") return written === "auto" ? null : written === "true";
  return written;
}

function mappingOrText(written: string): unknown {
  const { config, error } = extraArguments(written);
  return error ? written : config;
}

function isArgumentDefault(name: SettingName, value: unknown): boolean {
  const fallback = argumentSpec(name)?.default;
  // Tuneboard's own arguments are in no table of LLaMA-Factory.
  if (fallback === undefined) return String(value) === SETTINGS[name].initial;
  // Switches that LLaMA-Factory decides by itself are "auto" here; "false" is said outright.
  if (fallback === null) return value === false && SETTINGS[name].control.kind === "switch";
  return value === fallback;
}

export interface ExtraArguments {
  config: Config;
  /** Set where the text is no mapping: what is wrong with it. */
  error: { kind: "syntax"; detail: string } | { kind: "not_mapping" } | null;
}

/** The arguments that the text of "extra arguments" (YAML, of which JSON is a part) names. */
export function extraArguments(written: string): ExtraArguments {
  if (written.trim() === "") return { config: {}, error: null };
  let value: unknown;
  try {
    value = parseYaml(written);
  } catch (error) {
    return { config: {}, error: { kind: "syntax", detail: firstLine(error) } };
  }
  if (value === null) return { config: {}, error: null };
  if (!isMapping(value)) return { config: {}, error: { kind: "not_mapping" } };
  return { config: value, error: null };
}

/** A form that asks for exactly what `config` says; what no control stands for goes into the extra arguments. */
export function configToForm(config: Config): TrainForm {
  const form: TrainForm = { ...BOARD_DEFAULTS, dataset: splitList(textOf(config["dataset"])) };
  const rest: Config = { ...config };
  const take = (name: string) => {
    const value = rest[name];
    delete rest[name];
    return value;
  };

  take("dataset");
  for (const name of IMPLIED) take(name);
  form.model_name_or_path = textOf(take("model_name_or_path"));
  form.adapter_name_or_path = textOf(take("adapter_name_or_path"));
  form.template = textOf(take("template")) || "default";
  form.stage = textOf(take("stage")) || "sft";
  form.finetuning_type = textOf(take("finetuning_type")) || "lora";
  form.val_size = shareText(take("val_size") ?? 0);
  for (const name of SETTING_NAMES) {
    const composite = COMPOSITES[name];
    if (composite) {
      const { value, taken } = composite.read(config);
      setField(form, name, value);
      for (const argument of taken) take(argument);
    } else setField(form, name, argumentToSetting(name, take(name)));
  }
  form.extra = writeYaml(rest);
  return form;
}

/** What the control shows for an argument; LLaMA-Factory's own default where the configuration does not name it. */
function argumentToSetting(name: SettingName, value: unknown): string | boolean {
  const { control, initial } = SETTINGS[name];
  const spec = argumentSpec(name);
  if (control.kind === "switch") return isOn(value ?? spec?.default);
  const given = value ?? spec?.default ?? (spec === undefined || initial === "auto" ? initial : undefined);
  return shownValue(control, given);
}

/** Changes arguments of a form (a problem's fix): `null` takes the argument away. Other fields stay as they are. */
export function patchForm(form: TrainForm, set: Config): TrainForm {
  const target = configToForm(withoutNull({ ...formToConfig(form), ...set }));
  const patched: TrainForm = { ...form };
  const changed = new Set(Object.keys(set).map(fieldOfArgument));
  for (const name of changed) setField(patched, name, target[name]);
  const { config: extra } = extraArguments(form.extra);
  if (changed.has("extra") || Object.keys(set).some((name) => name in extra)) patched.extra = target.extra;
  return patched;
}

const FIELD_OF_ARGUMENT: ReadonlyMap<string, FieldName> = new Map<string, FieldName>([
  ...SETTING_NAMES.flatMap((name) =>
    (COMPOSITES[name]?.arguments ?? []).map((argument): [string, FieldName] => [argument, name]),
  ),
  ["output_dir", "name"],
]);

/** The arguments that a setting stands for. */
export function argumentsOf(name: SettingName): readonly string[] {
  return [name, ...(COMPOSITES[name]?.arguments ?? []).filter((argument) => argument !== name)];
}

/** The field at which a problem with `argument` is shown; arguments without a control belong to the extra ones. */
export function fieldOfArgument(argument: string): FieldName {
  const composite = FIELD_OF_ARGUMENT.get(argument);
  if (composite) return composite;
  return Object.hasOwn(BOARD_DEFAULTS, argument) ? (argument as FieldName) : "extra";
}

/** Sets one field; a value of another kind than the field's is left out. */
export function setField(form: TrainForm, name: FieldName, value: TrainForm[FieldName]): void {
  if (typeof value === typeof BOARD_DEFAULTS[name]) Object.assign(form, { [name]: value });
}

export function withoutNull(config: Config): Config {
  return Object.fromEntries(
    Object.entries(config).filter(([, value]) => value !== null && value !== undefined),
  );
}

function isMapping(value: unknown): value is Config {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]?.replace(/:$/, ".") ?? "";
}

/** Names in `config` that neither LLaMA-Factory nor Tuneboard knows. */
export function unknownArguments(config: Config): string[] {
  return Object.keys(config).filter((name) => !argumentSpec(name) && !OWN_ARGUMENTS.includes(name));
}
