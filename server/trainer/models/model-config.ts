/**
 * Typed reading of config.json, in transformers 4's and 5's spelling (rope_scaling beside rope_theta, or
 * rope_parameters). It does not know families.
 */
import { AppError } from "../../contract/errors";
import type { RopeSettings } from "../nn/rope";

export interface ModelConfig {
  /** For messages: the path of config.json. */
  readonly file: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const malformed = (config: ModelConfig, key: string, wanted: string): AppError =>
  new AppError(
    "checkpoint_malformed",
    `${config.file}: "${key}" is ${JSON.stringify(lookUp(config, key)) ?? "missing"}, it should be ${wanted}.`,
  );

/** Values may be null in files of transformers 4; null counts as missing. */
function lookUp(config: ModelConfig, key: string): unknown {
  return config.values[key] ?? undefined;
}

/** @throws AppError checkpoint_malformed where it is missing (without a fallback) or not a finite number */
export function readNumber(config: ModelConfig, key: string, fallback?: number): number {
  const value = lookUp(config, key) ?? fallback;
  if (typeof value !== "number" || !Number.isFinite(value)) throw malformed(config, key, "a number");
  return value;
}

/** A positive integer. @throws AppError checkpoint_malformed */
export function readSize(config: ModelConfig, key: string, fallback?: number): number {
  const value = readNumber(config, key, fallback);
  if (!Number.isInteger(value) || value < 1) throw malformed(config, key, "a positive integer");
  return value;
}

export function readOptionalNumber(config: ModelConfig, key: string): number | null {
  return lookUp(config, key) === undefined ? null : readNumber(config, key);
}

export function readFlag(config: ModelConfig, key: string, fallback: boolean): boolean {
  const value = lookUp(config, key) ?? fallback;
  if (typeof value !== "boolean") throw malformed(config, key, "true or false");
  return value;
}

export function readText(config: ModelConfig, key: string, fallback?: string): string {
  const value = lookUp(config, key) ?? fallback;
  if (typeof value !== "string") throw malformed(config, key, "a text");
  return value;
}

/** layer_types where the file has them (transformers 5 writes them always); null where not. */
export function readLayerTypes(config: ModelConfig, layers: number): string[] | null {
  const value = lookUp(config, "layer_types");
  if (value === undefined) return null;
  if (!Array.isArray(value) || value.length !== layers)
    throw malformed(config, "layer_types", `a list of ${layers} names`);
  return value.map(String);
}

/**
 * Queries' and keys' shape, checked to fit together.
 * @param usual what transformers takes where config.json says nothing; else keys have as many heads as queries, and
 *   head_dim is hidden_size / heads
 */
export function readHeads(
  config: ModelConfig,
  usual: { readonly headDim?: number; readonly kvHeads?: number } = {},
): { heads: number; kvHeads: number; headDim: number } {
  const heads = readSize(config, "num_attention_heads");
  const kvHeads = readSize(config, "num_key_value_heads", keyValueHeads(config, heads, usual.kvHeads));
  const headDim = readSize(
    config,
    "head_dim",
    usual.headDim ?? Math.floor(readSize(config, "hidden_size") / heads),
  );
  if (heads % kvHeads !== 0) throw malformed(config, "num_key_value_heads", `a divisor of ${heads}`);
  return { heads, kvHeads, headDim };
}

/** A file that says null means as many as queries have, one that says nothing the family's own number. */
function keyValueHeads({ values }: ModelConfig, heads: number, usual: number | undefined): number {
  return "num_key_value_heads" in values ? heads : (usual ?? heads);
}

type Section = Readonly<Record<string, unknown>>;

export interface RopeReading {
  /** transformers 5 nests settings by layer type in models with several ropes: rope_parameters[section]. */
  readonly section?: string;
  /** Base of the frequencies where config.json has none. */
  readonly theta?: number;
  /** Share of a head's dimensions that is rotated where config.json has no partial_rotary_factor. */
  readonly rotaryShare?: number;
}

/**
 * Rope settings.
 * @throws AppError unsupported for a type that the embedded trainer does not have
 */
export function readRope(
  config: ModelConfig,
  headDim: number,
  { section, theta = 10000, rotaryShare = 1 }: RopeReading = {},
): RopeSettings {
  const nested = lookUp(config, "rope_parameters") as Section | undefined;
  const rope = (section ? nested?.[section] : nested) ?? lookUp(config, "rope_scaling") ?? {};
  const inRope: ModelConfig = { file: config.file, values: rope as Section };
  const either = (key: string): number | null =>
    readOptionalNumber(inRope, key) ?? readOptionalNumber(config, key);

  const type = readText(inRope, "rope_type", readText(inRope, "type", "default"));
  const share = either("partial_rotary_factor") ?? rotaryShare;
  const maxPositions = readSize(config, "max_position_embeddings", 2048);
  const originalMaxPositions = either("original_max_position_embeddings") ?? maxPositions;
  const base = {
    theta: either("rope_theta") ?? theta,
    dimensions: Math.floor(headDim * share),
    maxPositions,
    originalMaxPositions,
    attentionFactor: readOptionalNumber(inRope, "attention_factor"),
  };
  switch (type) {
    case "default":
    case "mrope":
      return { ...base, type: "default", factor: 1 };
    case "linear":
    case "dynamic":
      return { ...base, type, factor: readNumber(inRope, "factor") };
    case "llama3": {
      const llama3 = {
        lowFrequencyFactor: readNumber(inRope, "low_freq_factor"),
        highFrequencyFactor: readNumber(inRope, "high_freq_factor"),
      };
      return { ...base, type, factor: readNumber(inRope, "factor"), llama3 };
    }
    case "yarn": {
      const yarn = {
        betaFast: readNumber(inRope, "beta_fast", 32),
        betaSlow: readNumber(inRope, "beta_slow", 1),
        mscale: readNumber(inRope, "mscale", 0),
        mscaleAllDim: readNumber(inRope, "mscale_all_dim", 0),
        truncate: readFlag(inRope, "truncate", true),
      };
      return { ...base, type, factor: readNumber(inRope, "factor"), yarn };
    }
    case "longrope":
    case "su": {
      const [shortFactor, longFactor] = [inRope.values["short_factor"], inRope.values["long_factor"]] as [
        number[],
        number[],
      ];
      const wanted = base.dimensions / 2;
      if (shortFactor?.length !== wanted || longFactor?.length !== wanted) {
        throw malformed(
          config,
          "rope_scaling",
          `with short_factor and long_factor of ${wanted} numbers each`,
        );
      }
      return {
        ...base,
        type: "longrope",
        factor: maxPositions / originalMaxPositions,
        longrope: { shortFactor, longFactor },
      };
    }
    default:
      throw new AppError(
        "unsupported",
        `${config.file}: the rope type "${type}" is not one of default, linear, dynamic, llama3, yarn, longrope. Use the llamafactory engine for this model.`,
      );
  }
}

/** Whether rotary frequencies follow the length of the batch at hand, of the model or of one of its layer types. */
export function stretchesWithLength(values: ModelConfig["values"]): boolean {
  const rope = (values["rope_parameters"] ?? values["rope_scaling"] ?? {}) as Section;
  return [rope, ...Object.values<unknown>(rope)].some((part) => {
    const { rope_type, type } = (part ?? {}) as Section;
    return ["dynamic", "longrope", "su"].includes(String(rope_type ?? type));
  });
}
