/**
 * Random weights for a model that is trained from nothing but its config.json, distributed as transformers initialises its
 * families: matrices and tables normal around zero, norms the identity, biases zero. It reads no weight files.
 */
import type { HostTensor } from "../executor/executor";
import { createRandom } from "../nn/random";
import type { Decoder } from "./family";
import { expectedTensors } from "./weights";

/** What transformers takes where config.json has no initializer_range. */
const USUAL_DEVIATION = 0.02;

export interface InitialWeights {
  readonly hfConfig: Readonly<Record<string, unknown>>;
  readonly seed: number;
}

/** Every tensor of the decoder, in the order of `expectedTensors`; the same for the same seed. */
export function* initialWeights(
  decoder: Decoder,
  { hfConfig, seed }: InitialWeights,
): Generator<[name: string, tensor: HostTensor]> {
  const range = hfConfig["initializer_range"];
  const deviation = typeof range === "number" ? range : USUAL_DEVIATION;
  const random = createRandom(seed);
  for (const [name, shape] of expectedTensors(decoder)) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (shape.length > 1) {
      const own = random.fork(name);
      const scale = deviation * outputShrinkage(decoder, name);
      for (let i = 0; i < data.length; i++) data[i] = scale * own.normal();
    } else if (!name.endsWith(".bias")) data.fill(1 - decoder.design.norm.weightOffset);
    const { weight, paddingId } = decoder.embedding;
    if (name === weight && paddingId !== null) data.fill(0, ...rowOf(paddingId, shape));
    yield [name, { data, shape, dtype: "float32", constant: false }];
  }
}

/** GPT-2 draws what adds to the residual stream narrower, the more layers add to it. */
function outputShrinkage({ family, layers }: Decoder, name: string): number {
  return family === "gpt2" && name.endsWith("c_proj.weight") ? 1 / Math.sqrt(2 * layers.length) : 1;
}

function rowOf(row: number, [rows = 0, width = 0]: readonly number[]): [number, number] {
  return row < 0 || row >= rows ? [0, 0] : [row * width, (row + 1) * width];
}
