/**
 * What can be known of a Hugging Face model folder without reading a weight: config.json and the headers of its
 * safetensors files. It never opens pickled files, and does not know what the console does with models.
 */
import { open, readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { ModelHealth } from "@/server/contract/api";
import { cardLicense } from "./model-card";
import { guessTemplate } from "./template-guess";

/** A header larger than this is no header. */
const LARGEST_HEADER = 100 * 1024 * 1024;
const INDEX_FILE = "model.safetensors.index.json";

const configSchema = z
  .object({
    model_type: z.string().optional(),
    architectures: z.array(z.string()).nullish(),
    torch_dtype: z.string().nullish(),
    dtype: z.string().nullish(),
    max_position_embeddings: z.number().optional(),
    n_positions: z.number().optional(),
    hidden_size: z.number().optional(),
    n_embd: z.number().optional(),
    intermediate_size: z.number().nullish(),
    num_hidden_layers: z.number().optional(),
    n_layer: z.number().optional(),
    n_head: z.number().optional(),
    n_inner: z.number().nullish(),
    moe_intermediate_size: z.number().optional(),
    num_experts: z.number().optional(),
    num_local_experts: z.number().optional(),
    num_attention_heads: z.number().optional(),
    num_key_value_heads: z.number().optional(),
    head_dim: z.number().nullish(),
    vocab_size: z.number().optional(),
    tie_word_embeddings: z.boolean().optional(),
    quantization_config: z.unknown().optional(),
  })
  .loose();
export type ModelConfigFacts = z.infer<typeof configSchema>;

const headerSchema = z.record(
  z.string(),
  z.union([
    z.object({ dtype: z.string(), shape: z.array(z.number().int().min(0)) }).loose(),
    z.record(z.string(), z.string()),
  ]),
);

export interface ModelFolderFacts {
  config: ModelConfigFacts | null;
  /** All elements of all tensors; null where a header cannot be read. */
  parameters: number | null;
  bytes: number;
  /**
   * Inputs and outputs of the layers' linears, added up by the last part of their names: { q_proj: 4608, … }. A LoRA of
   * rank r on them has r times as many parameters.
   */
  linearSides: Record<string, number>;
  /** Elements of those linears' weights, all together. */
  linearParameters: number;
  /** Whether the head has weights of its own. */
  hasHead: boolean;
  /** From the model card's head; null where it names none. */
  license: string | null;
  /** "bf16", "f16", "f32" of most elements. */
  dtype: string | null;
  template: string | null;
  /** What is wrong with the folder as such; null where nothing is. */
  problem: FolderProblem | null;
}

export interface FolderProblem {
  kind: Exclude<ModelHealth, "ready" | "other_engine">;
  /** In words. */
  message: string;
}

/** Whether a folder claims to be a model. */
export async function isModelFolder(folder: string): Promise<boolean> {
  return stat(path.join(folder, "config.json"))
    .then((entry) => entry.isFile())
    .catch(() => false);
}

/** Looks at a model folder; never throws for what lies in it. */
export async function readModelFolder(folder: string): Promise<ModelFolderFacts> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const unreadable = (kind: FolderProblem["kind"], message: string): ModelFolderFacts => ({
    config: null,
    ...NO_WEIGHTS,
    license: null,
    template: null,
    problem: { kind, message },
  });
  if (names.length === 0) return unreadable("missing", "The folder is missing or empty.");
  const config = await readConfig(path.join(folder, "config.json"));
  if (typeof config === "string") return unreadable("bad_config", config);

  const weightFiles = names.filter((name) => name.endsWith(".safetensors"));
  const weights = await readWeights(folder, weightFiles);
  const template = guessTemplate({
    chatTemplate: await chatTemplate(folder),
    family: config.model_type ?? null,
    name: path.basename(folder),
  });
  return {
    config,
    ...weights,
    dtype: weights.dtype ?? shortDtype(config.dtype ?? config.torch_dtype ?? null),
    license: await cardLicense(folder),
    template,
    problem:
      weights.problem ?? (await missingShards(folder, names)) ?? folderProblem(names, weightFiles, config),
  };
}

async function readConfig(file: string): Promise<ModelConfigFacts | string> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return "It has no config.json, so it is not a Hugging Face model folder.";
  }
  return readModelConfig(text);
}

/** The text of a config.json, checked; else what is wrong with it, in words. */
export function readModelConfig(text: string): ModelConfigFacts | string {
  try {
    const parsed = configSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0]!;
    return `config.json: ${issue.path.join(".")}: ${issue.message}.`;
  } catch (error) {
    return `config.json is not valid JSON: ${(error as Error).message}.`;
  }
}

type WeightFacts = Pick<
  ModelFolderFacts,
  "parameters" | "bytes" | "linearSides" | "linearParameters" | "hasHead" | "dtype" | "problem"
>;

const NO_WEIGHTS: WeightFacts = {
  parameters: null,
  bytes: 0,
  linearSides: {},
  linearParameters: 0,
  hasHead: false,
  dtype: null,
  problem: null,
};

async function readWeights(folder: string, names: readonly string[]): Promise<WeightFacts> {
  let parameters = 0;
  let bytes = 0;
  let linearParameters = 0;
  let hasHead = false;
  const linearSides: Record<string, number> = {};
  const elementsByDtype = new Map<string, number>();
  for (const name of names) {
    const header = await readHeader(path.join(folder, name));
    if (typeof header === "string")
      return { ...NO_WEIGHTS, bytes, problem: { kind: "broken_weights", message: `${name} ${header}` } };
    bytes += header.bytes;
    for (const { name: tensor, dtype, shape } of header.tensors) {
      const elements = shape.reduce((product, n) => product * n, 1);
      const linear = linearName(tensor);
      if (linear && shape.length === 2) {
        linearSides[linear] = (linearSides[linear] ?? 0) + shape[0]! + shape[1]!;
        linearParameters += elements;
      }
      hasHead ||= /(^|\.)(lm_head|embed_out|output)\.weight$/.test(tensor);
      parameters += elements;
      elementsByDtype.set(dtype, (elementsByDtype.get(dtype) ?? 0) + elements);
    }
  }
  const [most] = [...elementsByDtype].sort((a, b) => b[1] - a[1]);
  return {
    parameters: names.length > 0 ? parameters : null,
    bytes,
    linearSides,
    linearParameters,
    hasHead,
    dtype: shortDtype(most?.[0] ?? null),
    problem: null,
  };
}

/** "q_proj" of "model.layers.0.self_attn.q_proj.weight"; null outside of layers, and for routers, which LoRA leaves alone. */
function linearName(tensor: string): string | null {
  const inLayer = /\.\d+\..*?([^.]+)\.weight$/.exec(tensor);
  return !inLayer || tensor.endsWith(".mlp.gate.weight") ? null : inLayer[1]!;
}

async function readHeader(
  file: string,
): Promise<{ bytes: number; tensors: { name: string; dtype: string; shape: number[] }[] } | string> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const prefix = Buffer.alloc(8);
    if (size < 8) return "is cut short: it has no header.";
    await handle.read(prefix, 0, 8, 0);
    const length = Number(prefix.readBigUInt64LE());
    if (length > LARGEST_HEADER || 8 + length > size) return "is cut short or not a safetensors file.";
    const text = Buffer.alloc(length);
    await handle.read(text, 0, length, 8);
    const parsed = headerSchema.safeParse(JSON.parse(text.toString("utf8")));
    if (!parsed.success) return "has a header that is not safetensors'.";
    const tensors = Object.entries(parsed.data).flatMap(([name, entry]) =>
      name === "__metadata__" || !Array.isArray(entry.shape)
        ? []
        : [{ name, dtype: String(entry.dtype), shape: entry.shape }],
    );
    return { bytes: size, tensors };
  } catch {
    return "has a header that is not JSON.";
  } finally {
    await handle.close();
  }
}

const indexSchema = z.looseObject({ weight_map: z.record(z.string(), z.string()) });

/** Shards that the index names and the folder lacks: a copy or a download that was cut short. */
async function missingShards(folder: string, names: readonly string[]): Promise<FolderProblem | null> {
  if (!names.includes(INDEX_FILE)) return null;
  const text = await readFile(path.join(folder, INDEX_FILE), "utf8").catch(() => "");
  let wanted: Set<string>;
  try {
    wanted = new Set(Object.values(indexSchema.parse(JSON.parse(text)).weight_map));
  } catch {
    return { kind: "broken_weights", message: `${INDEX_FILE} is not a list of shards.` };
  }
  const missing = [...wanted].filter((name) => !names.includes(name));
  if (missing.length === 0) return null;
  const which = `${missing[0]!}${missing.length > 1 ? ` and ${missing.length - 1} more` : ""}`;
  return {
    kind: "missing_shard",
    message: `Of its ${wanted.size} weight files ${missing.length} ${missing.length > 1 ? "are" : "is"} missing: ${which}.`,
  };
}

function folderProblem(
  names: readonly string[],
  weightFiles: readonly string[],
  config: ModelConfigFacts,
): FolderProblem | null {
  if (weightFiles.length === 0) {
    return names.some((name) => /\.(bin|pth?|ckpt)$/.test(name))
      ? {
          kind: "pickle_only",
          message:
            "It has pickled weights only, which can run code when opened and are never opened here. Save the model as safetensors.",
        }
      : { kind: "no_weights", message: "It has no weights (model.safetensors)." };
  }
  if (!names.includes("tokenizer.json")) {
    return {
      kind: "no_tokenizer",
      message: "It has no tokenizer.json. A folder saved by a current transformers has one.",
    };
  }
  if (config.quantization_config) {
    return {
      kind: "quantised",
      message: "Its weights are quantised; training needs them in float32, float16 or bfloat16.",
    };
  }
  return null;
}

async function chatTemplate(folder: string): Promise<string> {
  const jinja = await readFile(path.join(folder, "chat_template.jinja"), "utf8").catch(() => "");
  if (jinja !== "") return jinja;
  const text = await readFile(path.join(folder, "tokenizer_config.json"), "utf8").catch(() => "{}");
  try {
    const { chat_template: value } = JSON.parse(text) as { chat_template?: unknown };
    return typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value);
  } catch {
    return "";
  }
}

/** "BF16", "bfloat16" → "bf16". */
function shortDtype(dtype: string | null): string | null {
  if (dtype === null) return null;
  return dtype.toLowerCase().replace("bfloat", "bf").replace("float", "f");
}
