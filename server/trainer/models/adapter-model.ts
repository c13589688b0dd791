/**
 * A model whose base is frozen and whose linears carry an adapter: earlier adapters merged, the one that is trained, the
 * modules that are trained whole beside it, and its files.
 */
import { openAdapters } from "../adapters/adapter-folders";
import type { Adapter } from "../adapters/adapter";
import { liveAdapters, restoringAdapters } from "../adapters/live-adapter";
import { mergedModel, type MergedModel } from "../adapters/merged-model";
import { newAdapter, settleOnBase, type LoraPlan, type OftPlan } from "../adapters/new-adapter";
import { peftTensorName, trainedTensors, writeAdapter } from "../adapters/peft-files";
import { convertedAdapter } from "../adapters/pissa";
import { addLowRank, layoutOf, rowSquares } from "../adapters/row-changes";
import { moduleOf } from "../adapters/target-modules";
import { decoderWithSaved, HEAD_WEIGHT, storedName } from "../adapters/tied-head";
import { createSvdSolver } from "../adapters/truncated-svd";
import { AppError } from "../../contract/errors";
import type { ModelFolder } from "../checkpoint/model-folder";
import { elementCount } from "../checkpoint/safetensors";
import type { Executor, HostTensor } from "../executor/executor";
import { zeroTensor } from "../executor/zero-tensor";
import type { Int8Mode } from "../nn/int8-linear";
import { BLOCK_INPUTS } from "../nn/quantize-int4";
import type { Parameter, TrainableModel } from "./causal-lm";
import type { Decoder } from "./family";
import { spreadLayers } from "./freeze";
import type { ModelEngine } from "./engine/model-engine";
import { int8Limit, openInt8Engine } from "./int8-base";
import { openEngine, type EngineParts } from "./open-engine";
import { openQuantizedSource } from "./quantized-base";
import { quantizedForms, roundedOutputMatrix, widened, type QuantizedForm } from "./quantized-tensor";
import { toParameter, trainableModel } from "./trainable-model";
import { scaleName } from "./weight-names";
import { checkTensors, expectedTensors } from "./weights";

interface OnAdapters {
  /**
   * Adapter folders to start from. All but the last are merged into the base weights; training goes on with the last,
   * whose own kind, size and targets count.
   */
  readonly adapters?: readonly string[];
  /** Merges the last one too and begins with a new adapter. */
  readonly createNew?: boolean;
  /** Stores the blocks' frozen linears, and large tables, in fewer bits: 8 are faster too, 4 are for memory alone. */
  readonly quantizationBit?: 8 | 4;
  /** Adapts only so many layers, those that LLaMA Pro added. */
  readonly spread?: number;
}
export type LoraMethod = LoraPlan & OnAdapters;
export type OftMethod = OftPlan & OnAdapters;

export interface AdapterOptions {
  readonly method: LoraMethod | OftMethod;
  readonly executor: Executor;
  readonly memoryBudget?: number;
  readonly embeddingNoise?: number;
  /** What the adapter names as its base. */
  readonly baseName: string;
  readonly onNotice?: (text: string) => void;
  /** Folder where quantised weights are kept for the next run; null: they are not. */
  readonly cacheFolder?: string | null;
}

/** @throws AppError as openAdapters and newAdapter do; invalid_config for what cannot be combined */
export async function loadAdapterModel(
  folder: ModelFolder,
  description: Decoder,
  options: AdapterOptions,
): Promise<TrainableModel> {
  const { method, executor, baseName } = options;
  const opened = await openAdapters(method.adapters ?? [], { base: folder, decoder: description, executor });
  const resumed = method.createNew ? undefined : opened.pop();
  if (opened.length > 0) options.onNotice?.(`Merged ${opened.length} adapter(s).`);
  const below = mergedModel(folder, description, opened);
  const adapter =
    resumed ?? newAdapter(below.decoder, { ...method, layers: layersOf(below.decoder, method) });
  checkQuantization(adapter, below.decoder, method.quantizationBit);
  // What is merged into the base is this run's alone.
  const cacheFolder = opened.length > 0 ? null : (options.cacheFolder ?? null);
  tellLimits(adapter, below.decoder, options);
  if (!resumed && adapter.settings.kind === "lora" && adapter.settings.pissa)
    options.onNotice?.("Using PiSSA initialization: decomposing the base weights.");
  const base = await loadBase(below, adapter, {
    isNew: resumed === undefined,
    options: { ...options, cacheFolder },
  });

  const decoder = decoderWithSaved(below.decoder, adapter.saved);
  const { parameters, gradients } = adapterParameters(adapter);
  const parts = {
    ...{ decoder, gradients, dropout: method.dropout },
    weights: weightsWithSaved(base.weights, adapter, { below: below.decoder, decoder }),
    adapters: liveAdapters(adapter.linears, base.squares),
  };
  const { saved } = adapter;
  const settings = { ...adapter.settings, dropout: method.dropout };
  const write = (target: string, written: Adapter) =>
    writeAdapter(target, { adapter: written, baseModel: baseName, decoder });
  return trainableModel({
    engine: openTrained(parts, options),
    openBase: () =>
      openEngine(
        {
          ...{ decoder: below.decoder, weights: base.weights, dropout: 0, gradients: new Map() },
          int8: modeOf(method),
          adapters: restoringAdapters(adapter.linears),
        },
        options,
      ),
    parameters,
    frozenCount: [...expectedTensors(below.decoder).values()].reduce(
      (sum, shape) => sum + elementCount(shape),
      0,
    ),
    hfConfig: folder.config,
    save: (target) => write(target, { settings, linears: adapter.linears, saved }),
    saveConverted:
      settings.kind === "lora" && settings.pissa
        ? (target) => write(target, convertedAdapter({ settings, linears: adapter.linears, saved }))
        : null,
  });
}

function tellLimits({ settings }: Adapter, { family, linears }: Decoder, { onNotice }: AdapterOptions): void {
  if (settings.kind !== "oft" || !Object.values(linears).some(({ storedTransposed }) => storedTransposed))
    return;
  onNotice?.(
    `PEFT has no OFT for ${family}'s linears: this adapter works here, for other programs export it merged.`,
  );
}

/** The layers that get adapters, where not all do. */
function layersOf({ layers }: Decoder, { spread }: OnAdapters): number[] | undefined {
  return spread === undefined ? undefined : spreadLayers(layers.length, spread);
}

function checkQuantization({ settings, saved }: Adapter, decoder: Decoder, bits: number | undefined): void {
  if (!bits) return;
  const refuse = (what: string): never => {
    throw new AppError(
      "invalid_config",
      `quantization_bit: ${bits} cannot be combined with ${what}. Leave quantization_bit out.`,
    );
  };
  if (settings.kind === "lora" && settings.pissa) refuse("a PiSSA adapter, which changes the base weights");
  const whole = Object.keys(decoder.linears).find((module) =>
    [...saved.keys()].some((name) => moduleOf(name).endsWith(`.${module}`)),
  );
  if (whole) refuse(`additional_target on linears of the blocks (${whole})`);
}

interface LoadedBase {
  readonly weights: Map<string, HostTensor>;
  /** Squared row lengths of linears with magnitudes, by module. */
  readonly squares: Map<string, HostTensor>;
}

/**
 * Base weights with earlier adapters merged in and without what PiSSA takes from them, then quantised, one tensor at a
 * time: the float32 model is never held whole. Fills in what a new adapter takes from the base.
 */
async function loadBase(
  below: MergedModel,
  adapter: Adapter,
  { isNew, options }: { isNew: boolean; options: AdapterOptions },
): Promise<LoadedBase> {
  const { decoder } = below;
  const solver = createSvdSolver(options.executor);
  const changes = new Map(adapter.linears.map((linear) => [`${linear.module}.weight`, linear]));
  const weights = new Map<string, HostTensor>();
  const squares = new Map<string, HostTensor>();
  checkTensors(below.folder, decoder);
  const forms = formsOf(decoder, adapter, options.method.quantizationBit);
  const quantized = forms && (await openQuantizedSource(below.folder, await sourceOptions(forms, options)));
  try {
    for (const [name, shape] of expectedTensors(decoder)) {
      const change = changes.get(name);
      const form = forms?.get(name);
      let data: Float32Array | null = null;
      if (quantized && form) {
        const { weight, scale } = await quantized.read(name);
        weights.set(name, weight).set(scaleName(name), scale);
        // Lengths are those of the rows that are computed with.
        if (change?.kind === "lora" && change.magnitude) data = widened({ weight, scale }, form);
      } else {
        data = await below.folder.read(name);
        weights.set(name, { data, shape, dtype: "float32", constant: true });
      }
      if (change?.kind !== "lora" || !data) continue;
      const layout = layoutOf(decoder, change.module);
      if (isNew) await settleOnBase(data, change, { layout, solver });
      const { initial, scaling } = change;
      if (initial) addLowRank(data, { factors: initial, factor: -scaling }, layout);
      if (change.magnitude) squares.set(change.module, rowSquares(data, layout));
    }
    await quantized?.finish();
    if (options.method.quantizationBit === 8 && adapter.saved.size === 0) {
      const limit = await int8Limit(options.executor);
      for (const [name, tensor] of roundedOutputMatrix(decoder, weights, limit)) weights.set(name, tensor);
    }
  } finally {
    await quantized?.close();
    solver.dispose();
  }
  if (isNew) {
    for (const [name, { data }] of adapter.saved) data.set(weights.get(storedName(decoder, name))!.data);
  }
  return { weights, squares };
}

/** null: all stays float32. Tables do where one is trained, which begins as a copy of the base's. */
function formsOf(
  decoder: Decoder,
  { saved }: Adapter,
  bits: 8 | 4 | undefined,
): Map<string, QuantizedForm> | null {
  if (bits === undefined) return null;
  return quantizedForms(decoder, { bits, ...(saved.size > 0 && { largeTable: Infinity }) });
}

async function sourceOptions(forms: ReadonlyMap<string, QuantizedForm>, options: AdapterOptions) {
  const { executor, cacheFolder = null, onNotice = () => undefined } = options;
  return { forms, limit: await int8Limit(executor), cacheFolder, onNotice };
}

/** The base's tensors with the trained copies in place of those that they are copies of. */
function weightsWithSaved(
  base: ReadonlyMap<string, HostTensor>,
  { saved }: Adapter,
  { below, decoder }: { below: Decoder; decoder: Decoder },
): Map<string, HostTensor> {
  const weights = new Map([...base, ...saved]);
  if (decoder !== below && !saved.has(HEAD_WEIGHT))
    weights.set(HEAD_WEIGHT, base.get(storedName(below, HEAD_WEIGHT))!);
  return weights;
}

function openTrained(parts: Omit<EngineParts, "int8">, options: AdapterOptions): ModelEngine {
  const { method, onNotice } = options;
  if (method.quantizationBit === 8) return openQuantized(parts, options);
  if (method.quantizationBit === 4)
    onNotice?.(`4-bit base: blocks of ${BLOCK_INPUTS} weights; products are made in float32`);
  return openEngine({ ...parts, int8: modeOf(method) }, options);
}

/** Beside 4 bits, 8-bit weights are those that had to be: nothing compares what rounding activations would do. */
function modeOf({ quantizationBit }: OnAdapters): Int8Mode {
  return quantizationBit === 4 ? "widened" : "dynamic";
}

function openQuantized(parts: Omit<EngineParts, "int8">, options: AdapterOptions): ModelEngine {
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

/** What the adapter trains as parameters under PEFT's names, and their gradients under the engine's. */
function adapterParameters({ linears, saved }: Adapter): {
  parameters: Parameter[];
  gradients: Map<string, HostTensor>;
} {
  const parameters: Parameter[] = [];
  const gradients = new Map<string, HostTensor>();
  for (const [name, tensor] of [...linears.flatMap(trainedTensors), ...saved]) {
    const gradient = zeroTensor(tensor.shape);
    gradients.set(name, gradient);
    parameters.push(toParameter(peftTensorName(name), tensor, gradient));
  }
  return { parameters, gradients };
}
