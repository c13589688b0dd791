/** An adapter as the engine takes it: shapes and tensors of every adapted linear, by module. */
import type { HostTensor } from "../executor/executor";
import type { LinearChange, LoraLinear } from "./adapter";
import { BASE_SQUARES, type LinearAdapter } from "./linear-adapter";

/** @param squares squared row lengths of the base weights of linears with magnitudes, by module */
export function liveAdapters(
  linears: readonly LinearChange[],
  squares: ReadonlyMap<string, HostTensor>,
): Map<string, LinearAdapter> {
  return new Map(linears.map((linear) => [linear.module, liveAdapter(linear, squares)]));
}

function liveAdapter(linear: LinearChange, squares: ReadonlyMap<string, HostTensor>): LinearAdapter {
  if (linear.kind === "oft") {
    const { blocks, blockSize, terms, rotation } = linear;
    return { shape: { kind: "oft", blocks, blockSize, terms }, tensors: { "oft_R.weight": rotation } };
  }
  const { module, rank, scaling, a, b, magnitude } = linear;
  return {
    shape: { kind: "lora", rank, scaling, decomposed: magnitude !== null },
    tensors: {
      "lora_A.weight": a,
      "lora_B.weight": b,
      ...(magnitude && { lora_magnitude_vector: magnitude, [BASE_SQUARES]: squares.get(module)! }),
    },
  };
}

/** What brings a base that PiSSA has taken from back to what it was: its beginnings, frozen. Empty for other adapters. */
export function restoringAdapters(linears: readonly LinearChange[]): Map<string, LinearAdapter> {
  const begun = linears.filter((linear): linear is LoraLinear => linear.kind === "lora" && !!linear.initial);
  return liveAdapters(
    begun.map((linear) => ({ ...linear, ...linear.initial!, magnitude: null })),
    new Map(),
  );
}
