/**
 * Which of a decoder's tensors a quantised base stores in fewer bits, in what form, and the way there and back. It knows
 * shapes and rounding, neither files nor graphs.
 */
import type { HostTensor, TensorSpec } from "../executor/executor";
import { BLOCK_INPUTS, quantizeInt4, widenInt4 } from "../nn/quantize-int4";
import { quantizeInt8 } from "../nn/quantize-int8";
import type { Decoder } from "./family";
import { roundedName, scaleName } from "./weight-names";

export interface QuantizedTensor {
  readonly weight: HostTensor;
  readonly scale: HostTensor;
}

/** How one tensor is stored. */
export interface QuantizedForm {
  readonly bits: 8 | 4;
  readonly outputs: number;
  readonly inputs: number;
  /** Whether the model's file has it as [inputs, outputs]; in 4 bits it is stored as [outputs, inputs] all the same. */
  readonly storedTransposed: boolean;
}

/** Tables smaller than this as float32 stay so: the head's products are faster, and the memory is not what is short. */
export const LARGE_TABLE_BYTES = 192 << 20;

/**
 * By full name: every linear of the blocks, in `bits`; 8 where its inputs do not come in whole blocks of 4-bit weights.
 * Embedding table and output matrix, first and last as in the decoder, from `largeTable` bytes on, in 8 bits, a scale for every token.
 */
export function quantizedForms(
  decoder: Decoder,
  { bits, largeTable = LARGE_TABLE_BYTES }: { bits: 8 | 4; largeTable?: number },
): Map<string, QuantizedForm> {
  const forms = new Map<string, QuantizedForm>();
  const { embedding, head, vocabSize: outputs, hiddenSize: inputs } = decoder;
  const table: QuantizedForm | null =
    4 * outputs * inputs >= largeTable ? { bits: 8, outputs, inputs, storedTransposed: false } : null;
  if (table) forms.set(embedding.weight, table);
  for (const { prefix } of decoder.layers) {
    for (const [module, linear] of Object.entries(decoder.linears)) {
      forms.set(`${prefix}${module}.weight`, {
        bits: bits === 4 && linear.inputs % BLOCK_INPUTS === 0 ? 4 : 8,
        outputs: linear.outputs,
        inputs: linear.inputs,
        storedTransposed: linear.storedTransposed ?? false,
      });
    }
  }
  if (table) forms.set(head.weight, table);
  return forms;
}

/**
 * Beside an output matrix that stays float32: its int8 copy [C, V] and the copy's scales, by name, from which losses take
 * their logits at half of the time. Nothing where the matrix is int8 itself.
 */
export function roundedOutputMatrix(
  { head, vocabSize, hiddenSize }: Decoder,
  weights: ReadonlyMap<string, HostTensor>,
  limit: number,
): (readonly [string, HostTensor])[] {
  const { data, dtype } = weights.get(head.weight)!;
  if (dtype !== "float32") return [];
  const options = { outputs: vocabSize, storedTransposed: false, limit, turns: true };
  const { q, scale } = quantizeInt8(data as Float32Array, options);
  const name = roundedName(head.weight);
  return [
    [name, { data: q, shape: [hiddenSize, vocabSize], dtype: "int8", constant: true }],
    [scaleName(name), { data: scale, shape: [vocabSize], dtype: "float32", constant: true }],
  ];
}

/** Shapes and types of a tensor stored in this form. */
export function quantizedSpecs({ bits, outputs, inputs, storedTransposed }: QuantizedForm): {
  weight: TensorSpec;
  scale: TensorSpec;
} {
  if (bits === 4) {
    return {
      weight: { shape: [outputs, inputs / 2], dtype: "uint8" },
      scale: { shape: [outputs, inputs / BLOCK_INPUTS], dtype: "float32" },
    };
  }
  return {
    weight: { shape: storedTransposed ? [inputs, outputs] : [outputs, inputs], dtype: "int8" },
    scale: { shape: [outputs], dtype: "float32" },
  };
}

/** @param limit largest magnitude of 8-bit values */
export function quantize(values: Float32Array, form: QuantizedForm, limit: number): QuantizedTensor {
  const { weight, scale } = quantizedSpecs(form);
  const made = form.bits === 4 ? quantizeInt4(values, form) : quantizeInt8(values, { ...form, limit });
  return {
    weight: { ...weight, data: made.q, constant: true },
    scale: { ...scale, data: made.scale, constant: true },
  };
}

/** The weights that products compute with, in the layout of the model's file. */
export function widened({ weight, scale }: QuantizedTensor, form: QuantizedForm): Float32Array {
  const { outputs, inputs, storedTransposed, bits } = form;
  const steps = scale.data as Float32Array;
  if (bits === 4) {
    const values = widenInt4({ q: weight.data as Uint8Array, scale: steps });
    if (!storedTransposed) return values;
    return Float32Array.from(values, (_, i) => values[(i % outputs) * inputs + Math.floor(i / outputs)]!);
  }
  return Float32Array.from(
    weight.data as Int8Array,
    (value, i) => value * steps[storedTransposed ? i % outputs : Math.floor(i / inputs)]!,
  );
}
