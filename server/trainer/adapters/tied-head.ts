/**
 * Tied embeddings come apart when one of their two uses is trained alone: PEFT trains a copy of the module that was
 * named, and the other keeps the old table.
 */
import type { Decoder } from "../models/family";

const HEAD_MODULE = "lm_head";
/** transformers' name of the output matrix where it has one of its own. */
export const HEAD_WEIGHT = `${HEAD_MODULE}.weight`;

function isTied({ head, embedding }: Decoder): boolean {
  return head.weight === embedding.weight;
}

/** The same model with an output matrix of its own, lm_head.weight; the model itself where it has one. */
export function untied(decoder: Decoder): Decoder {
  if (!isTied(decoder)) return decoder;
  return { ...decoder, head: { ...decoder.head, weight: HEAD_WEIGHT } };
}

/** The model as an adapter that trains `tensors` whole needs it: with separate tables where it trains one of them. */
export function decoderWithSaved(decoder: Decoder, tensors: ReadonlyMap<string, unknown>): Decoder {
  const comesApart = tensors.has(decoder.embedding.weight) || tensors.has(HEAD_WEIGHT);
  return comesApart ? untied(decoder) : decoder;
}

/** The tensor of the file that holds a tensor of an untied model. */
export function storedName(decoder: Decoder, name: string): string {
  return isTied(decoder) && name === HEAD_WEIGHT ? decoder.embedding.weight : name;
}
