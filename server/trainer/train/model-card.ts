/**
 * README.md beside trained weights: a model card as Hugging Face's hub reads it, of what the run itself knows. A card that a
 * person has written or changed is never touched: ours carries a checksum of its own text.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { version_core } from "@tensorflow/tfjs-core";
import { parse, stringify } from "yaml";
import { splitList, trainsAdapter, type TrainConfig } from "../../contract/train-config";
import { replaceTextFile } from "../checkpoint/atomic-file";
import { isMissing, isRecord } from "../checkpoint/json-file";
import { pythonFloat } from "./python-format";
import type { Results } from "./result-files";
import type { LogEntry } from "./trainer-state";

const CARD_FILE = "README.md";
const ADAPTER_FILE_NOTE = "Load it with PEFT on top of the base model.";
/** The line that tells our own card from an edited one: the checksum of all other lines. */
const SEAL = /\n<!-- Written by Tuneboard [^\n]*\(seal ([0-9a-f]{16})\)\. -->\n/;

export interface CardFacts {
  readonly config: TrainConfig;
  readonly steps: number;
  readonly logHistory: readonly LogEntry[];
  readonly trainResults: Results;
  /** null: nothing was evaluated. */
  readonly evaluation: Results | null;
  /** What it was computed with, in words. */
  readonly device: string;
}

/**
 * Writes the card into `folder`, unless there is one that somebody else wrote or changed.
 * @throws AppError disk_full
 */
export async function writeModelCard(folder: string, facts: CardFacts): Promise<void> {
  const file = path.join(folder, CARD_FILE);
  const present = await textOf(file);
  if (present !== null && !isOwnCard(present)) return;
  const license = licenseKeys(await textOf(path.join(facts.config.model_name_or_path, CARD_FILE)));
  await replaceTextFile(file, sealed(modelCard(path.basename(path.resolve(folder)), facts, license)));
}

/** Whether a card is ours, to the letter. */
export function isOwnCard(card: string): boolean {
  const seal = SEAL.exec(card);
  return seal !== null && checksum(card.replace(SEAL, "\n")) === seal[1];
}

/** Puts the seal below the card's head. */
function sealed(card: string): string {
  const note = `\n<!-- Written by Tuneboard from the run's own records; a card that you change is kept (seal ${checksum(card)}). -->\n`;
  return card.replace(/\n---\n/, (end) => `${end.slice(0, -1)}${note}`);
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** @param license keys about the license out of the base model's card */
export function modelCard(
  name: string,
  facts: CardFacts,
  license: Readonly<Record<string, unknown>>,
): string {
  const { config, evaluation } = facts;
  const { model_name_or_path: model, finetuning_type: method } = config;
  // Where a model lies on this machine is nobody else's business.
  const base = path.isAbsolute(model) ? path.basename(model) : model;
  const isAdapter = trainsAdapter(config);
  const datasets = splitList(config.dataset);
  const head = {
    library_name: isAdapter ? "peft" : "transformers",
    ...license,
    base_model: base,
    tags: [
      `base_model:${isAdapter ? "adapter" : "finetune"}:${base}`,
      "tuneboard",
      method,
      "generated_from_trainer",
    ],
    pipeline_tag: "text-generation",
    "model-index": [{ name, results: [] }],
  };
  const onData =
    datasets.length === 0 ? "" : ` on the ${listed(datasets)} dataset${datasets.length > 1 ? "s" : ""}`;
  const parts = [
    `# ${name}`,
    `${base}, fine-tuned${onData} (stage ${config.stage}, method ${method}).${isAdapter ? ` ${ADAPTER_FILE_NOTE}` : ""}`,
    ...(evaluation ? [`On held-out rows:\n\n${bullets(measured(evaluation))}`] : []),
    "## Training",
    bullets(hyperparameters(facts)),
    ...resultsTable(facts.logHistory),
    "## Versions",
    bullets([`Node ${process.versions.node}`, `TensorFlow.js ${version_core}`, facts.device]),
  ];
  return `---\n${stringify(head, { lineWidth: 0 })}---\n\n${parts.join("\n\n")}\n`;
}

/** The names of transformers' card, so that programs which read one read the other. */
function hyperparameters({ config, steps, trainResults }: CardFacts): string[] {
  const accumulation = config.gradient_accumulation_steps;
  const warmup = config.warmup_ratio ?? config.warmup_steps;
  const lines: (readonly [string, string | number | null])[] = [
    ["learning_rate", pythonFloat(config.learning_rate)],
    ["train_batch_size", config.per_device_train_batch_size],
    ["eval_batch_size", config.per_device_eval_batch_size],
    ["seed", config.seed],
    ["gradient_accumulation_steps", accumulation > 1 ? accumulation : null],
    ["total_train_batch_size", accumulation > 1 ? accumulation * config.per_device_train_batch_size : null],
    ["optimizer", optimizerWords(config)],
    ["lr_scheduler_type", config.lr_scheduler_type],
    ["lr_scheduler_warmup_steps", warmup > 0 ? warmup : null],
    ["num_epochs", config.max_steps > 0 ? null : pythonFloat(config.num_train_epochs)],
    ["training_steps", config.max_steps > 0 ? config.max_steps : null],
    ["steps_done", steps],
    ["train_loss", shortNumber(trainResults["train_loss"])],
    ["cutoff_len", config.cutoff_len],
    ["lora_rank", config.finetuning_type === "lora" ? config.lora_rank : null],
    ["template", config.template ?? null],
  ];
  return lines.filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}`);
}

function optimizerWords({ optim, adam_beta1, adam_beta2, adam_epsilon, weight_decay }: TrainConfig): string {
  const decay = weight_decay > 0 ? ` and weight_decay=${weight_decay}` : "";
  if (!optim.startsWith("adamw")) return `${optim}${decay.replace(" and", " with")}`;
  return `${optim} with betas=(${adam_beta1},${adam_beta2}) and epsilon=${pythonFloat(adam_epsilon)}${decay}`;
}

/** A row for every evaluation: the training loss logged last, and what was measured. */
function resultsTable(logHistory: readonly LogEntry[]): string[] {
  let trainingLoss: string | null = null;
  const rows: string[][] = [];
  for (const entry of logHistory) {
    if (entry["loss"] !== undefined) trainingLoss = shortNumber(entry["loss"]);
    const loss = shortNumber(entry["eval_loss"]);
    if (loss === null) continue;
    rows.push([trainingLoss ?? "not logged", shortNumber(entry["epoch"]) ?? "", String(entry["step"]), loss]);
  }
  if (rows.length === 0) return [];
  const table = [
    ["Training loss", "Epoch", "Step", "Validation loss"],
    ["---:", "---:", "---:", "---:"],
    ...rows,
  ];
  return ["## Results", table.map((cells) => `| ${cells.join(" | ")} |`).join("\n")];
}

/** What an evaluation measured, without how long it took. */
function measured(results: Results): string[] {
  return Object.entries(results)
    .filter(([key]) => key.startsWith("eval_") && !/_(runtime|per_second|time)$/.test(key))
    .flatMap(([key, value]) => {
      const number = shortNumber(value);
      return number === null ? [] : [`${key.slice("eval_".length)}: ${number}`];
    });
}

function shortNumber(value: unknown): string | null {
  return typeof value === "number" && Number.isFinite(value) ? String(Number(value.toFixed(4))) : null;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

/** "a", "a and the b", "a, the b and the c" */
function listed(names: readonly string[]): string {
  const [first, ...rest] = names.map((name, i) => (i === 0 ? name : `the ${name}`));
  const last = rest.pop();
  return last === undefined ? first! : `${[first, ...rest].join(", ")} and ${last}`;
}

function licenseKeys(card: string | null): Record<string, unknown> {
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(card ?? "")?.[1];
  if (front === undefined) return {};
  try {
    const head: unknown = parse(front);
    if (!isRecord(head)) return {};
    return Object.fromEntries(Object.entries(head).filter(([key]) => /^license(_name|_link)?$/.test(key)));
  } catch {
    return {};
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
