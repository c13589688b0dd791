/**
 * `tuneboard export`: a model, its adapters merged in, as a folder that stands on its own: safetensors in shards,
 * tokenizer, chat template, generation config, an Ollama Modelfile and, where asked for, one GGUF file.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { openAdapters } from "../adapters/adapter-folders";
import { mergedModel, type MergedModel } from "../adapters/merged-model";
import { replaceTextFile } from "../checkpoint/atomic-file";
import type { FloatType } from "../checkpoint/element-types";
import { readJsonObject } from "../checkpoint/json-file";
import {
  GENERATION_CONFIG_FILE,
  openModelFolder,
  writeModelFolder,
  type ModelFolder,
} from "../checkpoint/model-folder";
import type { TensorToWrite } from "../checkpoint/safetensors";
import type { Decoder } from "../models/family";
import { decoderOf } from "../models/registry";
import { checkTensors } from "../models/weights";
import { loadTokenizer } from "../tokenizer/load-tokenizer";
import { saveTokenizer } from "../tokenizer/save-tokenizer";
import { getTemplate } from "../tokenizer/templates/get-template";
import type { Template } from "../tokenizer/templates/template";
import { readTokenizerFiles } from "../tokenizer/tokenizer-files";
import { readExportArguments, type ExportConfig } from "./export-arguments";
import { writeGguf } from "./gguf/gguf-file";
import { checkGgufModel, ggufDifference, modelMetadata, modelTensors } from "./gguf/gguf-model";
import type { GgufType } from "./gguf/gguf-types";
import { vocabularyMetadata } from "./gguf/gguf-vocabulary";
import { ollamaModelfile } from "./ollama-modelfile";
import { selfTest } from "./self-test";

/** Tells what happens, one line a time. */
export type Tell = (line: string) => void;

const MODELFILE = "Modelfile";
/** What an earlier export may have left; the reader would take one of them for the new model. */
const WEIGHT_FILES = /^model(-\d{5}-of-\d{5})?\.safetensors(\.index\.json)?$|\.gguf$/;
/** Files that only a run's folder has. */
const RUN_FILES = ["trainer_log.jsonl", "trainer_state.json"];
/** As LLaMA-Factory writes it. */
const OLLAMA_CONTEXT = 4096;
const GIGABYTE = 1e9;
const FLOAT_TYPES: readonly string[] = ["F32", "F16", "BF16"] satisfies FloatType[];
const TYPE_NAMES = { F32: "float32", F16: "float16", BF16: "bfloat16" } as const;

/**
 * Exports as the words say.
 * @throws AppError naming the argument or the file at fault and the way out; nothing is written before all is checked
 */
export async function runExport(words: readonly string[], tell: Tell): Promise<void> {
  const { config, notes } = await readExportArguments(words);
  for (const note of notes) tell(`Note: ${note}`);
  checkTarget(config);
  const base = await openModelFolder(config.model_name_or_path);
  try {
    const described = decoderOf(base);
    checkTensors(base, described);
    if (config.export_gguf) checkGgufModel(described);
    const tokenizer = await loadTokenizer(base.path);
    const template = getTemplate(config.template, tokenizer, {
      defaultSystem: config.default_system,
      enableThinking: config.enable_thinking,
    });
    const vocabulary = config.export_gguf ? await ggufVocabulary(base, described, template) : null;
    const { folder, decoder } = await mergeAdapters(base, described, { config, tell });

    await mkdir(config.export_dir, { recursive: true });
    await removeOldWeights(config.export_dir);
    await saveTokenizer(base.path, config.export_dir, template.tokenizer, { paddingSide: "left" });
    const ggufFile = config.export_gguf ? `model-${config.export_gguf}.gguf` : null;
    await writeModelfile(config, template, { from: ggufFile ? `./${ggufFile}` : ".", decoder, tell });
    await writeWeights(folder, { config, template, tell });
    if (ggufFile && vocabulary) {
      const type = config.export_gguf as GgufType;
      const file = path.join(config.export_dir, ggufFile);
      const metadata = modelMetadata(decoder, { name: path.basename(path.resolve(config.export_dir)), type });
      await writeGguf(file, new Map([...metadata, ...vocabulary]), modelTensors(folder, decoder, type));
      tell(`GGUF saved in ${file}`);
      const difference = ggufDifference(decoder);
      if (difference) tell(`Note: ${difference}`);
    }
    if (config.export_self_test) await tellSelfTest(config, template, tell);
  } finally {
    await base.close();
  }
}

/**
 * Only the self-test of a folder that another program has exported: `export_dir` is read, nothing is written.
 * @throws AppError naming the argument or the file at fault
 */
export async function runSelfTest(words: readonly string[], tell: Tell): Promise<void> {
  const { config } = await readExportArguments(words);
  const tokenizer = await loadTokenizer(config.model_name_or_path);
  const template = getTemplate(config.template, tokenizer, {
    defaultSystem: config.default_system,
    enableThinking: config.enable_thinking,
  });
  await tellSelfTest(config, template, tell);
}

async function tellSelfTest(config: ExportConfig, template: Template, tell: Tell): Promise<void> {
  const before = { modelPath: config.model_name_or_path, adapterPaths: config.adapter_name_or_path };
  const { asked, equal, difference } = await selfTest(before, config.export_dir, template);
  if (difference) {
    tell(`Note: "${difference.question}" was answered "${difference.before}", now "${difference.after}".`);
  }
  tell(`Self-test: ${equal} of ${asked} answers are the same before and after.`);
}

/** The folder to write to must not be one that is read from, nor a run's. @throws AppError invalid_config */
function checkTarget({ export_dir, model_name_or_path, adapter_name_or_path }: ExportConfig): void {
  const same = [model_name_or_path, ...adapter_name_or_path].find(
    (source) => path.resolve(source) === path.resolve(export_dir),
  );
  const run = RUN_FILES.find((name) => existsSync(path.join(export_dir, name)));
  if (same === undefined && run === undefined) return;
  const reason = same === undefined ? `a run's folder (it holds ${run})` : "also read from";
  throw new AppError("invalid_config", `export_dir: ${export_dir} is ${reason}. Give another folder.`);
}

async function mergeAdapters(
  base: ModelFolder,
  decoder: Decoder,
  { config, tell }: { config: ExportConfig; tell: Tell },
): Promise<MergedModel> {
  const adapters = await openAdapters(config.adapter_name_or_path, { base, decoder });
  if (adapters.length > 0) {
    tell(`Merged ${adapters.length} adapter(s).`);
    tell(`Loaded adapter(s): ${config.adapter_name_or_path.join(",")}`);
  }
  return mergedModel(base, decoder, adapters);
}

async function ggufVocabulary(base: ModelFolder, decoder: Decoder, { tokenizer }: Template) {
  return vocabularyMetadata(tokenizer, await readTokenizerFiles(base.path), decoder.vocabSize);
}

async function removeOldWeights(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (WEIGHT_FILES.test(name)) await rm(path.join(folder, name));
  }
}

async function writeModelfile(
  config: ExportConfig,
  template: Template,
  { from, decoder, tell }: { from: string; decoder: Decoder; tell: Tell },
): Promise<void> {
  const contextLength = Math.min(OLLAMA_CONTEXT, decoder.contextLength);
  const text = ollamaModelfile(template, { from, contextLength });
  if (text === null) {
    tell(`Note: the template ${template.name} cannot be written as Ollama's, so there is no ${MODELFILE}.`);
    return;
  }
  const file = path.join(config.export_dir, MODELFILE);
  await replaceTextFile(file, text);
  tell(`Ollama modelfile saved in ${file}`);
}

/** config.json, generation_config.json and the weights, one tensor in memory at a time. */
async function writeWeights(
  folder: ModelFolder,
  { config, template, tell }: { config: ExportConfig; template: Template; tell: Tell },
): Promise<void> {
  const { tensors, main } = tensorsToWrite(folder, config.infer_dtype);
  tell(`Convert model dtype to: ${TYPE_NAMES[main]}.`);
  // transformers 5 writes dtype, 4 writes torch_dtype; each reads only its own before version 4.56.
  const key = "torch_dtype" in folder.config ? "torch_dtype" : "dtype";
  await writeModelFolder(config.export_dir, {
    config: {
      ...folder.config,
      [key]: TYPE_NAMES[main],
      ...("use_cache" in folder.config && { use_cache: true }),
    },
    generationConfig: await generationConfig(folder.path, template),
    tensors: told(tensors, tell),
    maxShardBytes: config.export_size * GIGABYTE,
  });
  tell(`Model weights saved in ${config.export_dir}`);
}

/** The same tensors, with a line for every tenth of them that is read. */
function told(tensors: readonly TensorToWrite[], tell: Tell): TensorToWrite[] {
  const every = Math.max(1, Math.ceil(tensors.length / 10));
  let read = 0;
  return tensors.map((tensor) => ({
    ...tensor,
    data: () => {
      read++;
      if (read % every === 0 || read === tensors.length)
        tell(`Writing weights: ${read} of ${tensors.length} tensors`);
      return typeof tensor.data === "function" ? tensor.data() : tensor.data;
    },
  }));
}

/** Buffers that are not floating point (old checkpoints keep masks) are no weights and are left out. */
function tensorsToWrite(
  folder: ModelFolder,
  wanted: ExportConfig["infer_dtype"],
): { tensors: TensorToWrite[]; main: FloatType } {
  const asked = FLOAT_TYPES.find((type) => TYPE_NAMES[type as FloatType] === wanted) as FloatType | undefined;
  const tensors: TensorToWrite[] = [];
  const bytes = { F32: 0, F16: 0, BF16: 0 };
  for (const { name, dtype, shape } of folder.tensors.values()) {
    if (!FLOAT_TYPES.includes(dtype) && dtype !== "F64") continue;
    const type = asked ?? (dtype === "F64" ? "F32" : (dtype as FloatType));
    tensors.push({ name, shape, dtype: type, data: () => folder.read(name) });
    bytes[type] += shape.reduce((product, length) => product * length, 1);
  }
  const main = (Object.keys(bytes) as FloatType[]).sort((a, b) => bytes[b] - bytes[a])[0]!;
  return { tensors, main };
}

/** The base's, with the tokens at which the template's answers end: without them other programs would run on. */
async function generationConfig(folder: string, template: Template): Promise<Record<string, unknown>> {
  const own = (await readJsonObject(path.join(folder, GENERATION_CONFIG_FILE))) ?? {};
  const { bos, pad } = template.tokenizer;
  const ends = [own["eos_token_id"]].flat().filter((id): id is number => typeof id === "number");
  return {
    ...(bos && { bos_token_id: bos.id }),
    ...(pad && { pad_token_id: pad.id }),
    ...own,
    eos_token_id: [...new Set([...ends, ...template.stopTokenIds])],
  };
}
