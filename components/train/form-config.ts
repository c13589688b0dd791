/**
 * Between the form and LLaMA-Factory's configuration, both ways. The form holds text; the configuration holds numbers,
 * and holds text that is no number unchanged, so that the schema can say what is wrong with it.
 */
import { parse, stringify } from "yaml";
import { argumentSpec } from "@/server/contract/argument-table";
import { isOn, textOf } from "@/server/contract/configuration-values";
import { OWN_ARGUMENTS, splitList } from "@/server/contract/train-config";
import { numberOrText, parseShare, rateText, shareText } from "./field-text";
import { BOARD_DEFAULTS, type FieldName, type TrainForm } from "./form-defaults";
import { appliesTo, type SettingName, SETTING_NAMES, SETTINGS } from "./settings-table";

export type Config = Record<string, unknown>;

/** Written whatever their value, as LLaMA Board does, so that a file says what was trained without knowing defaults. */
const ALWAYS: ReadonlySet<SettingName> = new Set<SettingName>([
  "lora_rank",
  "lora_alpha",
  "lora_dropout",
  "lora_target",
  "learning_rate",
  "num_train_epochs",
  "per_device_train_batch_size",
  "gradient_accumulation_steps",
  "cutoff_len",
  "lr_scheduler_type",
  "warmup_steps",
  "save_steps",
  "max_grad_norm",
  "seed",
  "optim",
  "logging_steps",
]);

/** Fields that stand for several arguments, or depend on others; written and read by hand below. */
const BY_HAND: ReadonlySet<SettingName> = new Set<SettingName>([
  "compute_type",
  "per_device_eval_batch_size",
]);
const PRECISIONS = ["pure_bf16", "bf16", "fp16"] as const;

/** The arguments that the form writes by itself and that no control stands for. */
const IMPLIED = [
  "do_train",
  "eval_strategy",
  "eval_steps",
  "include_num_input_tokens_seen",
  "output_dir",
] as const;

/** The configuration that the form asks for. Extra arguments come last and win, as in LLaMA Board. */
export function formToConfig(form: TrainForm): Config {
  const config: Config = {
    model_name_or_path: form.model_name_or_path.trim(),
    ...(form.adapter_name_or_path && { adapter_name_or_path: form.adapter_name_or_path }),
    template: form.template,
    stage: form.stage,
    do_train: true,
    finetuning_type: form.finetuning_type,
    dataset: form.dataset.join(","),
  };
  for (const name of SETTING_NAMES) {
    if (BY_HAND.has(name) || !appliesTo(name, form)) continue;
    const value = settingToArgument(name, form[name]);
    if (value !== null && (ALWAYS.has(name) || !isArgumentDefault(name, value))) config[name] = value;
  }
  Object.assign(config, validationArguments(form));
  if (form.compute_type !== "fp32") config[form.compute_type] = true;
  config["include_num_input_tokens_seen"] = true;
  return { ...config, ...extraArguments(form.extra).config };
}

function settingToArgument(name: SettingName, value: string | boolean): unknown {
  if (typeof value === "boolean") return value;
  const written = value.trim();
  if (name === "packing") return written === "auto" ? null : written === "true";
  if (written === "") return null;
  const { kind } = SETTINGS[name].control;
  return kind === "number" || kind === "rate" ? numberOrText(written) : written;
}

function isArgumentDefault(name: SettingName, value: unknown): boolean {
  if (name === "executor") return value === "auto";
  // Said outright it is never the default: LLaMA-Factory packs in pre-training where nothing is said.
  if (name === "packing") return false;
  const fallback = argumentSpec(name)?.default;
  return fallback === null ? value === false : value === fallback;
}

/** Validation as LLaMA Board sets it up: at every save, with the training's batch size. */
function validationArguments(form: TrainForm): Config {
  const share = parseShare(form.val_size);
  const hasShare = share !== 0;
  if (!hasShare && form.eval_dataset.trim() === "") return {};
  return {
    ...(hasShare && { val_size: share }),
    eval_strategy: "steps",
    eval_steps: numberOrText(form.save_steps.trim()),
    per_device_eval_batch_size: numberOrText(form.per_device_eval_batch_size.trim()),
  };
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
    value = parse(written);
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
  for (const name of IMPLIED) if (isImplied(name, config)) take(name);
  form.model_name_or_path = textOf(take("model_name_or_path"));
  form.adapter_name_or_path = textOf(take("adapter_name_or_path"));
  form.template = textOf(take("template")) || "default";
  form.stage = textOf(take("stage")) || "sft";
  form.finetuning_type = textOf(take("finetuning_type")) || "lora";
  form.val_size = shareText(take("val_size") ?? 0);
  form.compute_type = PRECISIONS.find((name) => isOn(config[name])) ?? "fp32";
  for (const name of PRECISIONS) take(name);
  for (const name of SETTING_NAMES) {
    if (name === "compute_type") continue;
    setField(form, name, argumentToSetting(name, take(name)));
  }
  form.extra = Object.keys(rest).length > 0 ? stringify(rest) : "";
  return form;
}

function isImplied(name: (typeof IMPLIED)[number], config: Config): boolean {
  switch (name) {
    case "eval_strategy":
      return config[name] === "steps" || config[name] === "no";
    case "eval_steps":
      return config[name] === config["save_steps"];
    case "do_train":
    case "include_num_input_tokens_seen":
    case "output_dir":
      return true;
  }
}

/** What the control shows for an argument; LLaMA-Factory's own default where the configuration does not name it. */
function argumentToSetting(name: SettingName, value: unknown): string | boolean {
  if (typeof BOARD_DEFAULTS[name] === "boolean") return isOn(value ?? argumentSpec(name)?.default);
  const given = value ?? (name === "executor" || name === "packing" ? "auto" : argumentSpec(name)?.default);
  if (typeof given === "number" && SETTINGS[name].control.kind === "rate") return rateText(given);
  if (typeof given === "string" && SETTINGS[name].control.kind === "rate") return rateText(Number(given));
  return textOf(given);
}

/** Changes arguments of a form (a problem's fix): `null` takes the argument away. Other fields stay as they are. */
export function patchForm(form: TrainForm, set: Config): TrainForm {
  const target = configToForm(withoutNull({ ...formToConfig(form), ...set }));
  const patched: TrainForm = { ...form };
  const changed = new Set(Object.keys(set).map(fieldOfArgument));
  for (const name of changed) setField(patched, name, target[name]);
  if (changed.has("extra")) patched.extra = target.extra;
  return patched;
}

/** The field at which a problem with `argument` is shown; arguments without a control belong to the extra ones. */
export function fieldOfArgument(argument: string): FieldName {
  if ((PRECISIONS as readonly string[]).includes(argument)) return "compute_type";
  if (argument === "eval_steps" || argument === "eval_strategy") return "val_size";
  if (argument === "output_dir") return "name";
  return Object.hasOwn(BOARD_DEFAULTS, argument) ? (argument as FieldName) : "extra";
}

/** Sets one field; a value of another kind than the field's is left out. */
export function setField(form: TrainForm, name: FieldName, value: TrainForm[FieldName]): void {
  if (typeof value === typeof BOARD_DEFAULTS[name]) Object.assign(form, { [name]: value });
}

function withoutNull(config: Config): Config {
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

export type LoadedForm =
  | { form: TrainForm }
  | { error: { kind: "syntax"; detail: string } | { kind: "not_mapping" } | { kind: "empty" } };

/** A form from the text of a training_args.yaml (or JSON). */
export function yamlToForm(written: string): LoadedForm {
  if (written.trim() === "") return { error: { kind: "empty" } };
  const { config, error } = extraArguments(written);
  if (error) return { error };
  return { form: configToForm(withoutNull(config)) };
}

/** The form as YAML, for the preview until the console has answered. */
export function formToYaml(form: TrainForm): string {
  return stringify(formToConfig(form));
}

/** Names in `config` that neither LLaMA-Factory nor Tuneboard knows. */
export function unknownArguments(config: Config): string[] {
  return Object.keys(config).filter((name) => !argumentSpec(name) && !OWN_ARGUMENTS.includes(name));
}
