/**
 * A training YAML in the order of LLaMA-Factory's examples, under their headings: model, method, data, output, training,
 * evaluation. The file that a run keeps has the same lines sorted by name. Pure text work: no value is read.
 */
import { argumentSpec } from "@/server/contract/argument-table";
import { SECRET_ARGUMENTS } from "@/server/contract/secret-arguments";

const SECTIONS = ["model", "method", "dataset", "output", "train", "eval", "generate"] as const;
type Section = (typeof SECTIONS)[number];

/** The lines that the examples have, in their order; others follow in the order in which they come. */
const ORDER: Readonly<Record<Section, string>> = {
  model: `model_name_or_path adapter_name_or_path ref_model reward_model quantization_bit quantization_method
    quantization_type double_quantization trust_remote_code flash_attn`,
  method: `stage do_train finetuning_type lora_rank lora_alpha lora_dropout lora_target pref_beta pref_loss pref_ftx
    deepspeed`,
  dataset: `dataset_dir dataset template cutoff_len max_samples packing neat_packing overwrite_cache
    preprocessing_num_workers dataloader_num_workers`,
  output: `output_dir logging_steps logging_strategy save_steps save_strategy plot_loss overwrite_output_dir
    save_only_model save_total_limit report_to run_name sample_prompts sample_max_new_tokens`,
  train: `per_device_train_batch_size gradient_accumulation_steps learning_rate num_train_epochs max_steps
    lr_scheduler_type warmup_steps warmup_ratio optim weight_decay max_grad_norm fp16 bf16 pure_bf16 ddp_timeout seed
    resume_from_checkpoint`,
  eval: `eval_dataset val_size per_device_eval_batch_size eval_strategy eval_steps load_best_model_at_end
    metric_for_best_model early_stopping_steps compute_accuracy`,
  generate: "max_new_tokens temperature top_p top_k",
};

const PLACE = new Map(
  SECTIONS.flatMap((section) =>
    ORDER[section].split(/\s+/).map((name, index) => [name, { section, index }] as const),
  ),
);

interface Block {
  readonly name: string;
  readonly text: string;
}

/** The same YAML without the lines that hold secrets. */
export function yamlWithoutSecrets(yaml: string): string {
  const blocks = blocksOf(yaml) ?? [];
  return blocks
    .filter(({ name }) => !SECRET_ARGUMENTS.includes(name))
    .map(({ text }) => text)
    .join("");
}

/** The same YAML with its entries in sections. Text that is no mapping of names comes back as it is. */
export function inExampleOrder(yaml: string): string {
  const blocks = blocksOf(yaml);
  if (!blocks) return yaml;
  const parts = SECTIONS.flatMap((section) => {
    const own = blocks.filter(({ name }) => sectionOf(name) === section);
    if (own.length === 0) return [];
    const sorted = own.sort((a, b) => rank(a.name) - rank(b.name));
    return [`### ${section}\n${sorted.map(({ text }) => text).join("")}`];
  });
  return parts.join("\n");
}

/** The top-level entries, each with the indented lines that belong to it. */
function blocksOf(yaml: string): Block[] | null {
  const blocks: { name: string; text: string }[] = [];
  for (const line of yaml.split("\n")) {
    const name = /^([\w.]+):/.exec(line)?.[1];
    if (name) blocks.push({ name, text: `${line}\n` });
    else if (line.trim() !== "" && !line.startsWith("#")) {
      const last = blocks.at(-1);
      if (!last) return null;
      last.text += `${line}\n`;
    }
  }
  return blocks;
}

function sectionOf(name: string): Section {
  const place = PLACE.get(name);
  if (place) return place.section;
  switch (argumentSpec(name)?.group) {
    case "model":
      return "model";
    case "data":
      return "dataset";
    case "finetuning":
      return "method";
    case "generating":
      return "generate";
    default:
      return /^(eval_|do_eval|do_predict|predict_|greater_is_better)/.test(name) ? "eval" : "train";
  }
}

function rank(name: string): number {
  return PLACE.get(name)?.index ?? Number.MAX_SAFE_INTEGER;
}
