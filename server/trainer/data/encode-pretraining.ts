/**
 * Plain texts to ids for pretraining: each text followed by eos, on its own or joined and cut into equal blocks.
 */
import type { Template } from "../tokenizer/templates/template";
import { plainExample, type EncodedExample } from "./encoded-example";
import { eosOf } from "./encode-supervised";

export interface PretrainingOptions {
  readonly cutoffLen: number;
  /** Join texts and cut blocks of exactly `cutoffLen`; the rest at the end is left out. */
  readonly packing: boolean;
}

/** Rows of ids; labels are the ids. */
export function encodePretraining(
  template: Template,
  texts: readonly string[],
  options: PretrainingOptions,
): EncodedExample[] {
  const { tokenizer } = template;
  const eos = tokenizer.idToToken(eosOf(template)) ?? "";
  // Llama 3's base models end a text with another token than its chats.
  const ending = template.name === "llama3" ? "<|end_of_text|>" : eos;
  const row = (ids: readonly number[]) => plainExample(ids, ids);
  if (!options.packing) {
    const opening = tokenizer.addsBos ? (tokenizer.bos?.token ?? "") : "";
    return texts.map((text) => row(tokenizer.encode(opening + text + ending).slice(0, options.cutoffLen)));
  }
  const blocks: EncodedExample[] = [];
  let block: number[] = [];
  for (const text of texts) {
    for (const id of tokenizer.encode(text + ending)) {
      block.push(id);
      if (block.length < options.cutoffLen) continue;
      if (tokenizer.addsBos && tokenizer.bos) block[0] = tokenizer.bos.id;
      blocks.push(row(block));
      block = [];
    }
  }
  return blocks;
}
