/**
 * The configuration that a run was started with. Console runs and LLaMA Board runs have training_args.yaml; what
 * `llamafactory-cli` leaves on its own is pieced together from LLaMA Board's form, the model card and adapter_config.json.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { boardArguments } from "./board-config";
import { ARGS_FILE, BOARD_FILE } from "./run-files";

export type RunArgs = Record<string, unknown>;

/** Arguments of a run, and the YAML as it lies there ("" where there is none). */
export function readRunArgs(folder: string): { args: RunArgs; yaml: string } {
  const yaml = fileText(path.join(folder, ARGS_FILE));
  const args = yaml === "" ? null : parsedObject(yaml);
  if (args) return { args, yaml };
  const form = parsedObject(fileText(path.join(folder, BOARD_FILE)));
  return { args: { ...argsFromModelCard(folder), ...(form && boardArguments(form)) }, yaml };
}

/** A YAML text as an object, or null where it is broken or something else. */
export function parsedObject(yaml: string): RunArgs | null {
  try {
    const value: unknown = parse(yaml);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as RunArgs) : null;
  } catch {
    return null;
  }
}

/** Words in trainer_state.json and all_results.json that only one stage writes; special cases before general ones. */
const STAGE_SIGNS: readonly (readonly [RegExp, string])[] = [
  [/"kl":/, "kto"],
  [/"rewards\/chosen":/, "dpo"],
  [/"reward":/, "ppo"],
  [/"eval_perplexity":/, "pt"],
  // With compute_accuracy sft writes this too, but a reward model has a value head.
  [/"eval_accuracy":/, "rm"],
];

function stageOf(folder: string): string {
  const written =
    fileText(path.join(folder, "trainer_state.json")) + fileText(path.join(folder, "all_results.json"));
  const stage = STAGE_SIGNS.find(([sign]) => sign.test(written))?.[1] ?? "sft";
  // Only a reward model and PPO's policy have a value head; PPO was told by its rewards.
  const hasValueHead = existsSync(path.join(folder, "value_head.safetensors"));
  if (stage === "rm" || stage === "sft") return hasValueHead ? "rm" : "sft";
  return stage;
}

function argsFromModelCard(folder: string): RunArgs {
  const card = fileText(path.join(folder, "README.md"));
  const args: RunArgs = {};
  const [, front = "", body = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(card) ?? [];
  const header = parsedObject(front) ?? {};
  const tags = Array.isArray(header.tags) ? header.tags.map(String) : [];
  if (typeof header.base_model === "string") args.model_name_or_path = header.base_model;
  args.finetuning_type = ["lora", "freeze", "full", "oft"].find((method) => tags.includes(method)) ?? "full";
  args.stage = stageOf(folder);
  const datasets = [
    ...body.matchAll(/(?:on|and) the ([\w./-]+)(?= dataset| datasets| and the |, the )/g),
  ].map((match) => match[1]);
  if (datasets.length > 0) args.dataset = datasets.join(",");
  for (const [key, argument] of [
    ["learning_rate", "learning_rate"],
    ["train_batch_size", "per_device_train_batch_size"],
    ["eval_batch_size", "per_device_eval_batch_size"],
    ["seed", "seed"],
    ["gradient_accumulation_steps", "gradient_accumulation_steps"],
    ["lr_scheduler_type", "lr_scheduler_type"],
    ["lr_scheduler_warmup_steps", "warmup_steps"],
    ["training_steps", "max_steps"],
    ["num_epochs", "num_train_epochs"],
  ] as const) {
    const value = new RegExp(`^- ${key}: (.+)$`, "m").exec(body)?.[1]?.trim();
    if (value !== undefined) args[argument] = Number.isNaN(Number(value)) ? value : Number(value);
  }
  const adapter = parsedObject(fileText(path.join(folder, "adapter_config.json")));
  if (adapter) {
    args.finetuning_type = adapter.peft_type === "OFT" ? "oft" : "lora";
    args.model_name_or_path ??= adapter.base_model_name_or_path;
    if (typeof adapter.r === "number") args.lora_rank = adapter.r;
    if (typeof adapter.lora_alpha === "number") args.lora_alpha = adapter.lora_alpha;
  }
  return args;
}

function fileText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
