/**
 * A Hugging Face tokenizer folder as the trainer sees it: text to ids and back, the special tokens, the chat template.
 * A tokenizer never changes; what templates change about it (another end token, more stop words) gives a new one that
 * shares the vocabulary.
 */

import type { AddedToken } from "./added-tokens";

export interface SpecialToken {
  readonly token: string;
  readonly id: number;
}

/** What a chat template may change: as LLaMA-Factory's `fix_special_tokens` does on the Python tokenizer. */
export interface SpecialTokenChanges {
  readonly eos?: string;
  readonly pad?: string;
  /** Tokens that become special: recognised inside text, left out of decoded text. */
  readonly special?: readonly string[];
  /** Replaces the chat template that is saved with the model. */
  readonly chatTemplate?: string;
}

export interface Tokenizer {
  /** Ids of `text`. Special tokens written inside the text are recognised; none are added unless asked for. */
  encode(text: string, options?: { addSpecialTokens?: boolean }): number[];
  /** Text of `ids`; no clean-up of spaces. Incomplete UTF-8 shows as U+FFFD. */
  decode(ids: readonly number[], options?: { skipSpecialTokens?: boolean }): string;
  tokenToId(token: string): number | undefined;
  idToToken(id: number): string | undefined;
  /** Whether `id` is left out by `skipSpecialTokens`. */
  isSpecial(id: number): boolean;
  /** Size of the vocabulary with added tokens. */
  readonly size: number;
  readonly bos: SpecialToken | null;
  readonly eos: SpecialToken | null;
  readonly pad: SpecialToken | null;
  readonly unk: SpecialToken | null;
  /** `add_bos_token` of the tokenizer's configuration: pretraining puts bos before each text. */
  readonly addsBos: boolean;
  /** Jinja source; null where the folder has none. */
  readonly chatTemplate: string | null;
  /** Tokens that are looked for inside text, special ones among them. */
  readonly addedTokens: readonly AddedToken[];
  /** Special tokens beyond bos, eos, pad and unk: those that the configuration lists and stop words. */
  readonly otherSpecialTokens: readonly string[];
  /** Tokens that the folder's vocabulary does not hold and that were given new ids; the model must be resized for them. */
  readonly newTokens: readonly string[];
  /** The same tokenizer with other special tokens. */
  withSpecialTokens(changes: SpecialTokenChanges): Tokenizer;
}
