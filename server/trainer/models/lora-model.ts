/** A model whose base is frozen and whose linears carry LoRA: merged adapters, the one that is trained, its files. */
import { initLora, linearOf, mergeLora, targetModules, type LoraLinear } from "../adapters/lora";
import {
  loraScaling,
  peftTensorName,
  readLoraAdapter,
  writeLoraAdapter,
  type LoraAdapter,
} from "../adapters/peft-files";
import type { ModelFolder } from "../checkpoint/model-folder";
import { elementCount } from "../checkpoint/safetensors";
import type { Executor, HostTensor } from "../executor/executor";
import type { Parameter, TrainableModel } from "./causal-lm";
import type { Decoder } from "./family";
import { int8Limit, openInt8Engine, quantizeLinear } from "./int8-base";
import { openEngine, type EngineParts } from "./open-engine";
import { toParameter, trainableModel, zeros } from "./trainable-model";
import { scaleName } from "./weight-names";
import { expectedTensors, readWeights } from "./weights";

export interface LoraMethod {
  readonly kind: "lora";
  readonly rank: number;
  readonly alpha: number;
  readonly dropout: number;
  /** "all": every linear but the output matrix. */
  readonly target: "all" | readonly string[];
  /** Seed of A's initial values. */
  readonly initSeed: number;
  /**
   * Adapter folders to start from. All but the last are merged into the base weights; training goes on with the last,
   * whose own rank, alpha and targets count.
   */
  readonly adapters?: readonly string[];
  /** Merges the last one too and begins with a new adapter. */
  readonly createNew?: boolean;
  /** Scales by alpha / sqrt(rank). */
  readonly rslora?: boolean;
  /** Stores the blocks' frozen linears as int8: a quarter of the memory, and faster. */
  readonly quantizationBit?: 8;
}

export interface LoraOptions {
  readonly method: LoraMethod;
  readonly executor: Executor;
  readonly memoryBudget?: number;
  readonly embeddingNoise?: number;
  /** What the adapter names as its base. */
  readonly baseName: string;
  readonly onNotice?: (text: string) => void;
}

/** @throws AppError as readLoraAdapter and targetModules do */
export async function loadLoraModel(
  folder: ModelFolder,
  decoder: Decoder,
  options: LoraOptions,
): Promise<TrainableModel> {
  const { method } = options;
  const paths = [...(method.adapters ?? [])];
  const last = method.createNew ? undefined : paths.pop();
  const merged: LoraAdapter[] = [];
  for (const path of paths) merged.push(await readLoraAdapter(path, decoder));
  const adapter = last === undefined ? newAdapter(decoder, method) : await readLoraAdapter(last, decoder);
  const weights = await loadBase(folder, decoder, { merged, options });

  const { parameters, gradients } = loraParameters(adapter.linears);
  const parts = { decoder, weights, lora: adapter.linears, dropout: method.dropout, gradients };
  const base = { ...parts, lora: [], dropout: 0, gradients: new Map<string, HostTensor>() };
  return trainableModel({
    engine: method.quantizationBit
      ? openQuantized(parts, options)
      : openEngine({ ...parts, int8: null }, options),
    openBase: () => openEngine({ ...base, int8: method.quantizationBit ? "dynamic" : null }, options),
    parameters,
    frozenCount: [...expectedTensors(decoder).values()].reduce((sum, shape) => sum + elementCount(shape), 0),
    hfConfig: folder.config,
    save: (target) =>
      writeLoraAdapter(target, {
        ...adapter,
        dropout: method.dropout,
        baseModel: options.baseName,
        fanInFanOut: Object.values(decoder.linears).some((linear) => linear.storedTransposed === true),
      }),
  });
}

function newAdapter(decoder: Decoder, method: LoraMethod): LoraAdapter {
  const { rank, alpha, dropout, rslora = false } = method;
  const modules = targetModules(decoder, method.target);
  const scaling = loraScaling(rank, alpha, rslora);
  const linears = initLora(decoder, modules, { rank, scaling, seed: method.initSeed });
  const target = [...new Set(modules.map((module) => module.split(".").at(-1)!))];
  return { linears, rank, alpha, dropout, target, rslora };
}

/** Base weights with adapters merged in, then quantised, one tensor at a time: the float32 model is never held whole. */
async function loadBase(
  folder: ModelFolder,
  decoder: Decoder,
  { merged, options }: { merged: readonly LoraAdapter[]; options: LoraOptions },
): Promise<Map<string, HostTensor>> {
  const limit = options.method.quantizationBit ? await int8Limit(options.executor) : null;
  const linears = new Set(
    decoder.layers.flatMap(({ prefix }) => Object.keys(decoder.linears).map((module) => prefix + module)),
  );
  const weights = new Map<string, HostTensor>();
  for await (const [name, weight] of readWeights(folder, decoder, { constant: true })) {
    const module = name.endsWith(".weight") ? name.slice(0, -".weight".length) : "";
    if (!linears.has(module)) {
      weights.set(name, weight);
      continue;
    }
    for (const adapter of merged) {
      const linear = adapter.linears.find((one) => one.module === module);
      const { storedTransposed = false } = linearOf(decoder, module);
      if (linear) mergeLora(weight.data as Float32Array, linear, storedTransposed);
    }
    const quantized = limit === null ? null : quantizeLinear(decoder, module, { weight, limit });
    weights.set(name, quantized?.weight ?? weight);
    if (quantized) weights.set(scaleName(name), quantized.scale);
  }
  return weights;
}

function openQuantized(parts: Omit<EngineParts, "int8">, options: LoraOptions) {
  return openInt8Engine({
    gradients: parts.gradients,
    onNotice: options.onNotice ?? (() => undefined),
    open: (int8, gradients) => {
      // The comparison's engine lives for one batch: it recomputes, so as not to hold activations a second time.
      const passing = gradients !== parts.gradients;
      return openEngine({ ...parts, gradients, int8 }, passing ? { ...options, memoryBudget: 0 } : options);
    },
  });
}

/** A and B of every linear as parameters under PEFT's names, and their gradients under the engine's. */
function loraParameters(linears: readonly LoraLinear[]): {
  parameters: Parameter[];
  gradients: Map<string, HostTensor>;
} {
  const parameters: Parameter[] = [];
  const gradients = new Map<string, HostTensor>();
  for (const { module, a, b } of linears) {
    for (const [part, tensor] of [["lora_A", a] as const, ["lora_B", b] as const]) {
      const gradient = zeros(tensor.shape);
      gradients.set(`${module}.${part}.weight`, gradient);
      parameters.push(toParameter(peftTensorName(module, part), tensor, gradient));
    }
  }
  return { parameters, gradients };
}
