/**
 * A model that continues token ids: one onnxruntime session with the weights in it, run over a conversation's KV cache
 * with an adapter or none. It does not know text, sampling or names of models.
 */
import { availableParallelism } from "node:os";
import type * as ort from "onnxruntime-node";
import type { LoraLinear } from "../adapters/adapter";
import type { ModelFolder } from "../checkpoint/model-folder";
import { loadRuntime, type Runtime } from "../executor/onnx/onnx-executor";
import type { Decoder } from "../models/family";
import { checkTensors } from "../models/weights";
import { buildDecodeGraph, INPUT, type DecodeGraph } from "./decode-graph";
import { planDecoding, type DecodePlan } from "./decode-plan";
import { createEmbeddingTable, type EmbeddingTable } from "./embedding-table";
import { KvCache } from "./kv-cache";
import { lowRankPairs } from "./low-rank-inputs";
import { packedWeights, type WeightBits } from "./packed-weights";
import { createWeightFile } from "./weight-file";
import { dependsOnLength, lengthClass, outgrows, rotaryTables } from "./rotary-tables";

/** An adapter made ready for this decoder's graph. */
export interface PreparedAdapter {
  readonly inputs: Readonly<Record<string, ort.Tensor>>;
  readonly bytes: number;
}

export interface ExtendOptions {
  /** null: the base. */
  readonly adapter?: PreparedAdapter | null;
  /** Tokens that the text will have when the whole prompt is in; matters to ropes that depend on the length. */
  readonly textLength?: number;
}

export interface CachedDecoder {
  /** The model's description, for reading adapters made for it. */
  readonly description: Decoder;
  readonly vocabSize: number;
  readonly contextLength: number;
  /** Whether a prompt may be fed in pieces and its beginning reused: not where the rope depends on the text's length. */
  readonly dividesPrompts: boolean;
  newCache(): KvCache;
  prepare(adapted: readonly LoraLinear[]): PreparedAdapter;
  /**
   * Appends `ids` to the cache and returns the logits [V] of the token after them. The array is the decoder's own: it
   * is overwritten by the next call. Calls must not overlap.
   */
  extend(cache: KvCache, ids: readonly number[], options?: ExtendOptions): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export interface DecoderOptions {
  readonly bits: WeightBits;
  readonly threads?: number;
}

/** @throws AppError where the folder's model cannot be read or has no decode graph */
export async function openCachedDecoder(
  folder: ModelFolder,
  { bits, threads }: DecoderOptions,
): Promise<CachedDecoder> {
  const plan = planDecoding(folder);
  checkTensors(folder, plan.decoder);
  const runtime = await loadRuntime();
  const { embedding, hiddenSize } = plan.decoder;
  const table = createEmbeddingTable(await folder.read(embedding.weight), {
    width: hiddenSize,
    scale: embedding.scale,
    positions: embedding.positions ? await folder.read(embedding.positions.weight) : null,
  });
  const file = await createWeightFile();
  try {
    const built = await buildDecodeGraph(plan, packedWeights(folder, bits), file);
    await file.close();
    const session = await runtime.InferenceSession.create(built.graph.encode(), {
      intraOpNumThreads: threads ?? availableParallelism(),
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      extra: {
        session: {
          model_external_initializers_file_folder_path: file.folder,
          // Spinning gains nothing here and takes the other core from whoever else works: a training run, HTTP.
          intra_op: { allow_spinning: "0" },
        },
      },
    });
    const outputs = { logits: built.logits, keys: built.keys, values: built.values };
    return new SessionDecoder({ plan, runtime, session, table, outputs });
  } finally {
    // What onnxruntime needs is packed or mapped by now.
    await file.remove();
  }
}

interface Parts {
  readonly plan: DecodePlan;
  readonly runtime: Runtime;
  readonly session: ort.InferenceSession;
  readonly table: EmbeddingTable;
  readonly outputs: Pick<DecodeGraph, "logits" | "keys" | "values">;
}

/** A cache's arrays as onnxruntime's tensors, under the names of inputs and of outputs: the same memory. */
interface CacheViews {
  readonly arrays: readonly Float32Array[];
  readonly feeds: Record<string, ort.Tensor>;
  readonly fetches: Record<string, ort.Tensor>;
}

class SessionDecoder implements CachedDecoder {
  readonly description: Decoder;
  readonly vocabSize: number;
  readonly contextLength: number;
  readonly dividesPrompts: boolean;
  private readonly base: PreparedAdapter;
  private readonly logits: ort.Tensor;
  private readonly views = new WeakMap<KvCache, CacheViews>();
  /** By positions; those of another length class take the place of those before. */
  private readonly rotary = new Map<number, { lengths: string; inputs: Record<string, ort.Tensor> }>();

  constructor(private readonly parts: Parts) {
    const { decoder } = parts.plan;
    this.description = decoder;
    this.vocabSize = decoder.vocabSize;
    this.contextLength = decoder.contextLength;
    this.dividesPrompts = !Object.values(decoder.ropes).some(dependsOnLength);
    this.base = this.toInputs([]);
    this.logits = this.tensor(new Float32Array(decoder.vocabSize), [1, decoder.vocabSize]);
  }

  newCache(): KvCache {
    const { cachedHeadDim: headDim, decoder } = this.parts.plan;
    const { layers, kvHeads, contextLength } = decoder;
    return new KvCache({ layers: layers.length, kvHeads, headDim, contextLength });
  }

  prepare(adapted: readonly LoraLinear[]): PreparedAdapter {
    return this.toInputs(adapted);
  }

  async extend(cache: KvCache, ids: readonly number[], options: ExtendOptions = {}): Promise<Float32Array> {
    const { plan, session, table, outputs } = this.parts;
    const C = plan.decoder.hiddenSize;
    const total = cache.length + ids.length;
    const textLength = Math.max(total, options.textLength ?? 0);
    if (cache.length > 0 && this.outgrows(Math.max(cache.length, options.textLength ?? 0), textLength)) {
      const whole = [...cache.ids, ...ids];
      cache.truncate(0);
      return this.extend(cache, whole, options);
    }
    cache.reserve(total);
    const { feeds, fetches } = this.viewsOf(cache);
    const embeddings = new Float32Array(ids.length * C);
    table.lookUp(ids, cache.length, embeddings);
    await session.run(
      {
        ...feeds,
        ...(options.adapter ?? this.base).inputs,
        ...this.rotaryInputs(cache.capacity, textLength),
        [INPUT.embeddings]: this.tensor(embeddings, [ids.length, C]),
        [INPUT.lastPosition]: new this.parts.runtime.Tensor("int32", Int32Array.of(total - 1), [1]),
        [INPUT.totalLength]: new this.parts.runtime.Tensor("int32", Int32Array.of(total), [1]),
      },
      { ...fetches, [outputs.logits]: this.logits },
    );
    cache.ids.push(...ids);
    return this.logits.data as Float32Array;
  }

  async dispose(): Promise<void> {
    await this.parts.session.release();
  }

  private tensor(data: Float32Array, shape: readonly number[]): ort.Tensor {
    return new this.parts.runtime.Tensor("float32", data, shape);
  }

  private toInputs(adapted: readonly LoraLinear[]): PreparedAdapter {
    const inputs: Record<string, ort.Tensor> = {};
    let bytes = 0;
    for (const { linear, rank, a, b } of lowRankPairs(this.parts.plan, adapted)) {
      inputs[INPUT.loraA(linear)] = this.tensor(a, [linear.inputs, rank]);
      inputs[INPUT.loraB(linear)] = this.tensor(b, [rank, linear.outputs]);
      bytes += a.byteLength + b.byteLength;
    }
    return { inputs, bytes };
  }

  /** Made anew after the cache has grown. */
  private viewsOf(cache: KvCache): CacheViews {
    const known = this.views.get(cache);
    if (known && known.arrays === cache.arrays) return known;
    const { kvHeads, layers } = this.parts.plan.decoder;
    const shape = [1, kvHeads, cache.capacity, this.parts.plan.cachedHeadDim];
    const made: CacheViews = { arrays: cache.arrays, feeds: {}, fetches: {} };
    for (let layer = 0; layer < layers.length; layer++) {
      const keys = this.tensor(cache.arrays[2 * layer]!, shape);
      const values = this.tensor(cache.arrays[2 * layer + 1]!, shape);
      made.feeds[INPUT.keys(layer)] = made.fetches[this.parts.outputs.keys[layer]!] = keys;
      made.feeds[INPUT.values(layer)] = made.fetches[this.parts.outputs.values[layer]!] = values;
    }
    this.views.set(cache, made);
    return made;
  }

  private outgrows(before: number, after: number): boolean {
    return Object.values(this.parts.plan.decoder.ropes).some((rope) => outgrows(rope, before, after));
  }

  /** Rotary tables of `positions` rows; kept as long as they are the same for the length of text. */
  private rotaryInputs(positions: number, length: number): Record<string, ort.Tensor> {
    const ropes = Object.entries(this.parts.plan.decoder.ropes);
    const lengths = ropes.map(([, rope]) => lengthClass(rope, length)).join();
    const known = this.rotary.get(positions);
    if (known && known.lengths === lengths) return known.inputs;
    const inputs: Record<string, ort.Tensor> = {};
    for (const [key, rope] of ropes) {
      const { cos, sin } = rotaryTables(rope, { positions, length });
      inputs[INPUT.cos(key)] = this.tensor(cos, [positions, rope.dimensions / 2]);
      inputs[INPUT.sin(key)] = this.tensor(sin, [positions, rope.dimensions / 2]);
    }
    this.rotary.set(positions, { lengths, inputs });
    return inputs;
  }
}
