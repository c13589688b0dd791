/** Reads a model folder's weights into the form that the decode graph multiplies: float32, or blocks of 8 or 4 bits. */
import type { ModelFolder } from "../checkpoint/model-folder";
import type { PackedWeight, WeightSource } from "./decode-parts";
import type { FusedLinear } from "./decode-plan";
import { toBlocks, type BlockBits } from "./weight-blocks";

/** Bits of a weight: 32 is exact. */
export type WeightBits = 32 | BlockBits;

/** Up to so many parameters, exact float32 is fast enough; beyond, 8 bits are several times faster and a quarter of the memory. */
const EXACT_PARAMETERS = 300e6;

/** Of a model that nobody asked to have otherwise. */
export function usualBits(parameters: number): WeightBits {
  return parameters <= EXACT_PARAMETERS ? 32 : 8;
}

export function packedWeights(folder: ModelFolder, bits: WeightBits): WeightSource {
  return {
    vector: (name) => folder.read(name),
    async linear(linear): Promise<PackedWeight> {
      const matrix = await readRows(folder, linear);
      const bias = await readBias(folder, linear);
      if (bits === 32) return { kind: "float32", values: matrix, bias };
      return { kind: "blocks", ...toBlocks(matrix, linear.outputs, { columns: linear.inputs, bits }), bias };
    },
  };
}

/** The parts' matrices below each other: [outputs, inputs]. */
async function readRows(folder: ModelFolder, { parts, inputs, outputs }: FusedLinear): Promise<Float32Array> {
  if (parts.length === 1) return readPart(folder, parts[0]!, inputs);
  const rows = new Float32Array(outputs * inputs);
  let offset = 0;
  for (const part of parts) {
    rows.set(await readPart(folder, part, inputs), offset);
    offset += part.outputs * inputs;
  }
  return rows;
}

/** One part's matrix as [outputs, inputs], however the file has it. */
async function readPart(
  folder: ModelFolder,
  { weight, outputs, storedTransposed }: FusedLinear["parts"][number],
  inputs: number,
): Promise<Float32Array> {
  const stored = await folder.read(weight);
  if (!storedTransposed) return stored;
  const turned = new Float32Array(stored.length);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) turned[o * inputs + i] = stored[i * outputs + o]!;
  }
  return turned;
}

/** [outputs], zero where a part has no bias; null where none has. */
async function readBias(folder: ModelFolder, { parts, outputs }: FusedLinear): Promise<Float32Array | null> {
  if (parts.every(({ bias }) => bias === null)) return null;
  const joined = new Float32Array(outputs);
  let offset = 0;
  for (const part of parts) {
    if (part.bias !== null) joined.set(await folder.read(part.bias), offset);
    offset += part.outputs;
  }
  return joined;
}
