/**
 * A Hugging Face tokenizer folder as the trainer sees it: text to ids and back, the special tokens, the chat template.
 */

export interface SpecialToken {
  readonly token: string;
  readonly id: number;
}

export interface Tokenizer {
  /** Ids of `text`. Special tokens written inside the text are recognised; none are added unless asked for. */
  encode(text: string, options?: { addSpecialTokens?: boolean }): number[];
  /** Text of `ids`; no clean-up of spaces. */
  decode(ids: readonly number[], options?: { skipSpecialTokens?: boolean }): string;
  tokenToId(token: string): number | undefined;
  idToToken(id: number): string | undefined;
  /** Size of the vocabulary with added tokens. */
  readonly size: number;
  readonly bos: SpecialToken | null;
  readonly eos: SpecialToken | null;
  readonly pad: SpecialToken | null;
  /** Jinja source; null where the folder has none. */
  readonly chatTemplate: string | null;
}
