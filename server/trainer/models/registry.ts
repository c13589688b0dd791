/** Which family serves a config.json. */
import path from "node:path";
import { AppError } from "../../contract/errors";
import { CONFIG_FILE, type ModelFolder } from "../checkpoint/model-folder";
import { cohere } from "./cohere";
import type { Decoder, Family } from "./family";
import { gemma } from "./gemma";
import { gemma2 } from "./gemma2";
import { gemma3Text } from "./gemma3-text";
import { glm4 } from "./glm4";
import { gpt2 } from "./gpt2";
import { granite } from "./granite";
import { llama } from "./llama";
import { mistral } from "./mistral";
import type { ModelConfig } from "./model-config";
import { olmo2 } from "./olmo2";
import { phi } from "./phi";
import { phi3 } from "./phi3";
import { qwen2 } from "./qwen2";
import { qwen3 } from "./qwen3";
import { qwen3Moe } from "./qwen3-moe";
import { smollm3 } from "./smollm3";

/** Every family of the embedded trainer; the support table is made from it. */
export const FAMILIES: readonly Family[] = [
  llama,
  mistral,
  qwen2,
  qwen3,
  qwen3Moe,
  gemma,
  gemma2,
  gemma3Text,
  phi,
  phi3,
  gpt2,
  smollm3,
  olmo2,
  granite,
  cohere,
  glm4,
];

/** The family of a config.json, told by `architectures`, else by `model_type`; undefined where none fits. */
export function findFamily(values: Readonly<Record<string, unknown>>): Family | undefined {
  const listed: unknown[] = Array.isArray(values["architectures"]) ? values["architectures"] : [];
  return (
    FAMILIES.find((family) => family.architectures.some((name) => listed.includes(name))) ??
    FAMILIES.find((family) => listed.length === 0 && family.modelType === values["model_type"])
  );
}

/** The decoder of an open model folder. @throws AppError like describeDecoder */
export function decoderOf({ path: folder, config }: Pick<ModelFolder, "path" | "config">): Decoder {
  return describeDecoder({ file: path.join(folder, CONFIG_FILE), values: config });
}

/** @throws AppError unsupported, naming the families that are there and the way out */
export function describeDecoder(config: ModelConfig): Decoder {
  const family = findFamily(config.values);
  if (family) return family.describe(config);
  const listed: unknown[] = Array.isArray(config.values["architectures"])
    ? config.values["architectures"]
    : [];
  const asked = listed.length > 0 ? listed.join(", ") : JSON.stringify(config.values["model_type"] ?? null);
  throw new AppError(
    "unsupported",
    `${config.file}: the architecture ${asked} is not one that the embedded trainer has (${FAMILIES.flatMap((known) => known.architectures).join(", ")}). ` +
      "Choose such a model, or use the llamafactory engine, which takes every architecture that transformers has.",
  );
}
