/**
 * Which tensors `finetuning_type: freeze` trains, by LLaMA-Factory's rules: some layers, all of their modules or those
 * that are named, and modules outside of the layers. Unlike there, a name means the module of that name and nothing that
 * merely contains it ("norm" is the final norm alone), and an expert's number is not taken for a layer's.
 */
import { AppError } from "../../contract/errors";
import type { Decoder } from "./family";
import { blockTensors, expectedTensors } from "./weights";

export interface FreezeMethod {
  readonly kind: "freeze";
  /** The last n layers; the first n where negative. */
  readonly layers: number;
  /** Modules of those layers ("mlp", "self_attn", "input_layernorm"), or "all". */
  readonly modules: "all" | readonly string[];
  /** Modules outside of the layers: "embed_tokens", "norm", "lm_head". */
  readonly extra: readonly string[];
  /** Trains every n-th layer instead, where `layers` divides their number (LLaMA Pro). */
  readonly spread?: boolean;
}

export interface FreezeChoice {
  /** Names of the tensors that are trained, in the checkpoint's order. */
  readonly tensors: string[];
  /** Numbers of the layers that they are in, ascending. */
  readonly layers: number[];
}

/** @throws AppError invalid_config for a module that the model does not have, or where nothing would be trained */
export function freezeChoice(decoder: Decoder, method: FreezeMethod): FreezeChoice {
  const layers = trainedLayers(decoder.layers.length, method);
  const { modules, extra } = method;
  const inLayers = new Set(Object.keys(blockTensors(decoder)).map((name) => name.split(".")[0]!));
  const outside = new Set(
    [...expectedTensors(decoder).keys()].filter((name) => !isInLayer(decoder, name)).map(lastModule),
  );
  if (modules !== "all") checkNames("freeze_trainable_modules", modules, inLayers);
  checkNames("freeze_extra_modules", extra, outside);

  const prefixes = layers.map((layer) => decoder.layers[layer]!.prefix);
  const isTrained = (name: string): boolean => {
    const prefix = prefixes.find((start) => name.startsWith(start));
    if (prefix !== undefined) {
      return modules === "all" || modules.includes(name.slice(prefix.length).split(".")[0]!);
    }
    return !isInLayer(decoder, name) && extra.includes(lastModule(name));
  };
  const tensors = [...expectedTensors(decoder).keys()].filter(isTrained);
  if (tensors.length === 0) {
    throw new AppError(
      "invalid_config",
      "freeze_trainable_layers: 0 trains no layer, and freeze_extra_modules names nothing else. Set freeze_trainable_layers to the number of layers to train.",
    );
  }
  return { tensors, layers };
}

function trainedLayers(count: number, { layers, spread }: FreezeMethod): number[] {
  const all = Array.from({ length: count }, (_, layer) => layer);
  if (spread) return spreadLayers(count, layers);
  return layers >= 0 ? all.slice(Math.max(0, count - layers)) : all.slice(0, -layers);
}

/**
 * The layers that LLaMA Pro adds (https://arxiv.org/abs/2401.02415): the last of each of `wanted` equal groups.
 * @throws AppError invalid_config where the layers cannot be divided so
 */
export function spreadLayers(count: number, wanted: number): number[] {
  if (wanted > 0 && count % wanted === 0) {
    const stride = count / wanted;
    return Array.from({ length: wanted }, (_, group) => (group + 1) * stride - 1);
  }
  throw new AppError(
    "invalid_config",
    `freeze_trainable_layers: ${wanted} does not divide the model's ${count} layers, which use_llama_pro needs. Set it to the number of layers that the model was expanded by.`,
  );
}

function checkNames(argument: string, names: readonly string[], known: ReadonlySet<string>): void {
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new AppError(
    "invalid_config",
    `${argument}: this model has no module "${unknown}". Choose from ${[...known].join(", ")}.`,
  );
}

function isInLayer({ layers }: Decoder, name: string): boolean {
  return layers.some(({ prefix }) => name.startsWith(prefix));
}

/** "model.embed_tokens.weight" -> "embed_tokens" */
function lastModule(name: string): string {
  return name.split(".").at(-2)!;
}
