/** `llamaboard_config.yaml`: LLaMA Board's form as arguments, as far as it says them. It reads a parsed file only. */
import { argumentSpec } from "@/server/contract/argument-table";

/** The form's names where they are not the argument's. */
const RENAMED: Readonly<Record<string, string>> = {
  batch_size: "per_device_train_batch_size",
  neftune_alpha: "neftune_noise_alpha",
  extra_args: "",
};
const STAGES: Readonly<Record<string, string>> = {
  "Supervised Fine-Tuning": "sft",
  "Reward Modeling": "rm",
  PPO: "ppo",
  DPO: "dpo",
  KTO: "kto",
  "Pre-Training": "pt",
};

/** The arguments that the board's form would have sent. */
export function boardArguments(form: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(form)) {
    const [section, field] = key.split(".");
    if ((section !== "top" && section !== "train") || !field) continue;
    const name = RENAMED[field] ?? field;
    const isSet =
      value !== null && value !== "" && value !== "none" && !(Array.isArray(value) && value.length === 0);
    if (isSet && argumentSpec(name)) args[name] = Array.isArray(value) ? value.join(",") : value;
  }
  const stage = STAGES[String(form["train.training_stage"])];
  if (stage) args.stage = stage;
  const model = form["top.model_name"];
  if (typeof model === "string" && model !== "Custom") args.model_name_or_path ??= model;
  return { ...args, ...extraArguments(form["train.extra_args"]) };
}

function extraArguments(text: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
