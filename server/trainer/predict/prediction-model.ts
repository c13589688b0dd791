/**
 * A model with all its adapters at once, for answering many prompts one after the other. Data rows share their system
 * message, so what was computed for one prompt's beginning serves the next.
 */
import type { LoraLinear } from "../adapters/lora";
import { readLoraAdapter } from "../adapters/peft-files";
import { openModelFolder } from "../checkpoint/model-folder";
import { elementCount } from "../checkpoint/safetensors";
import { answer } from "../generate/answer";
import { createCachePool } from "../generate/cache-pool";
import { openCachedDecoder } from "../generate/cached-decoder";
import type { SamplingOptions } from "../generate/sampler";
import { createTurns } from "../generate/turns";

export interface PredictionRequest {
  readonly prompt: readonly number[];
  readonly sampling: SamplingOptions;
  readonly maxNewTokens: number;
  readonly signal: AbortSignal;
}

export interface PredictionModel {
  readonly contextLength: number;
  /** The answer's text; null where the signal ended it early. */
  predict(request: PredictionRequest): Promise<string | null>;
  dispose(): Promise<void>;
}

export interface PredictionModelOptions {
  readonly modelPath: string;
  /** Folders of adapters; all of them work together. */
  readonly adapterPaths: readonly string[];
  readonly stopIds: ReadonlySet<number>;
  readonly decode: (ids: readonly number[]) => string;
}

/** Up to so many parameters, exact float32 is fast enough; beyond, 8 bits are several times faster and a quarter of the memory. */
const EXACT_PARAMETERS = 300e6;
const NO_STRINGS: readonly string[] = [];

/** @throws AppError naming file and reason where the model or an adapter cannot be used */
export async function openPredictionModel(options: PredictionModelOptions): Promise<PredictionModel> {
  const folder = await openModelFolder(options.modelPath);
  try {
    const parameters = [...folder.tensors.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
    const decoder = await openCachedDecoder(folder, { bits: parameters <= EXACT_PARAMETERS ? 32 : 8 });
    const adapters = [];
    for (const adapter of options.adapterPaths)
      adapters.push((await readLoraAdapter(adapter, decoder.description)).linears);
    const adapter = adapters.length === 0 ? null : decoder.prepare(sideBySide(adapters));
    const model = {
      decoder,
      turns: createTurns(),
      caches: createCachePool(() => decoder.newCache()),
      decode: options.decode,
    };
    return {
      contextLength: decoder.contextLength,
      async predict(request) {
        let text = "";
        const events = answer(model, {
          ...request,
          adapter,
          owner: "",
          stopIds: options.stopIds,
          stopStrings: NO_STRINGS,
        });
        for await (const event of events) {
          if (event.kind === "text") text += event.text;
          else if (event.reason === "cancelled") return null;
        }
        return text;
      },
      dispose: () => decoder.dispose(),
    };
  } finally {
    await folder.close();
  }
}

/** Several adapters of one linear as one of the ranks together: the sum of B A is one product of longer matrices. */
function sideBySide(adapters: readonly (readonly LoraLinear[])[]): LoraLinear[] {
  const byModule = new Map<string, LoraLinear[]>();
  for (const linear of adapters.flat())
    byModule.set(linear.module, [...(byModule.get(linear.module) ?? []), linear]);
  return [...byModule.values()].map((linears) => (linears.length === 1 ? linears[0]! : joined(linears)));
}

function joined(linears: readonly LoraLinear[]): LoraLinear {
  const { module, a, b } = linears[0]!;
  const [inputs, outputs] = [a.shape[1]!, b.shape[0]!];
  const rank = linears.reduce((sum, linear) => sum + linear.rank, 0);
  const aData = new Float32Array(rank * inputs);
  const bData = new Float32Array(outputs * rank);
  let first = 0;
  for (const linear of linears) {
    aData.set(linear.a.data, first * inputs);
    for (let o = 0; o < outputs; o++) {
      for (let r = 0; r < linear.rank; r++)
        bData[o * rank + first + r] = linear.b.data[o * linear.rank + r]! * linear.scaling;
    }
    first += linear.rank;
  }
  return {
    module,
    rank,
    scaling: 1,
    a: { data: aData, shape: [rank, inputs], dtype: "float32" },
    b: { data: bData, shape: [outputs, rank], dtype: "float32" },
  };
}
