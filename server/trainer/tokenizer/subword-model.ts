/**
 * The vocabulary and the model that turns one word into ids, with a cache of words: training text repeats itself.
 */
import { Tokenizer as LibraryTokenizer } from "@huggingface/tokenizers";
import { BytePairEncoding } from "./byte-pair-encoding";
import type { ModelConfig } from "./tokenizer-files";

export interface SubwordModel {
  /** The model's own vocabulary, without added tokens. */
  readonly vocab: ReadonlyMap<string, number>;
  readonly tokenOfId: readonly (string | undefined)[];
  encodeWord(word: string): readonly number[];
}

const CACHED_WORDS = 100_000;
const LONGEST_CACHED_WORD = 64;

export function createSubwordModel(config: ModelConfig): SubwordModel {
  const vocab = new Map<string, number>();
  const tokenOfId: (string | undefined)[] = [];
  const add = (token: string, id: number) => {
    vocab.set(token, id);
    tokenOfId[id] = token;
  };
  // Object.entries would first make an array of each of 150 000 entries.
  if (config.type === "Unigram") config.vocab.forEach(([token], id) => add(token, id));
  else for (const token in config.vocab) add(token, config.vocab[token]!);
  return { vocab, tokenOfId, encodeWord: cached(createEncoder(config, vocab, tokenOfId)) };
}

function createEncoder(
  config: ModelConfig,
  vocab: ReadonlyMap<string, number>,
  tokenOfId: readonly (string | undefined)[],
): (word: string) => number[] {
  if (config.type === "BPE") {
    const bpe = new BytePairEncoding(config, vocab, tokenOfId);
    return (word) => bpe.encode(word);
  }
  const { model } = new LibraryTokenizer(
    {
      model: config,
      normalizer: null,
      pre_tokenizer: null,
      post_processor: null,
      decoder: null,
      added_tokens: [],
    },
    {},
  );
  return (word) =>
    model!._call([word]).map((token) => {
      // Unigram names an unknown stretch by its text.
      return model!.tokens_to_ids.get(token) ?? model!.unk_token_id ?? 0;
    });
}

function cached(encode: (word: string) => number[]): (word: string) => readonly number[] {
  const cache = new Map<string, readonly number[]>();
  return (word) => {
    const known = cache.get(word);
    if (known) return known;
    const ids = encode(word);
    if (word.length <= LONGEST_CACHED_WORD) {
      if (cache.size >= CACHED_WORDS) cache.clear();
      cache.set(word, ids);
    }
    return ids;
  };
}
