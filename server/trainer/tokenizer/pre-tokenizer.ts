/**
 * Cuts normalised text into words for the subword model: the `pre_tokenizer` of tokenizer.json. The kinds that language
 * models use are written here (fast, and exact where @huggingface/tokenizers is not: Metaspace's split, Split's
 * behaviours); the rest is that library's.
 */
import { SplitPreTokenizer, Tokenizer as LibraryTokenizer } from "@huggingface/tokenizers";
import { toByteCharacters } from "./byte-alphabet";
import type { ComponentConfig } from "./tokenizer-files";

/** Words of a piece of text; `first` tells whether the piece begins where the whole text begins. */
type Cutter = (text: string, first: boolean) => string[];

export interface PreTokenizer {
  cut: Cutter;
  /** Applied to each word right before the model: byte-level vocabularies are written in another alphabet. */
  spell: (word: string) => string;
}

const asItIs = (word: string) => word;
const GPT2_WORDS =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

const PUNCTUATION = /[\p{P}!-/:-@[-`{-~]/gu;
const WORDS_AND_SIGNS =
  /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]+|[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{White_Space}]+/gu;

/** @throws Error for a kind that is not known. */
export function createPreTokenizer(config: ComponentConfig | null): PreTokenizer {
  if (!config) return { cut: (text) => [text], spell: asItIs };
  const steps = config.type === "Sequence" ? (config["pretokenizers"] as ComponentConfig[]) : [config];
  // The change of alphabet can wait for the model, and its cache, only where nothing cuts after it.
  const spellsLast = steps.at(-1)?.type === "ByteLevel";
  const cutters = steps.map((step, i) => createCutter(step, spellsLast && i === steps.length - 1));
  return {
    cut: (text, first) => {
      let words = [text];
      for (const cut of cutters) {
        words =
          words.length === 1
            ? cut(words[0]!, first)
            : words.flatMap((word, i) => cut(word, first && i === 0));
      }
      return words;
    },
    spell: spellsLast ? toByteCharacters : asItIs,
  };
}

function createCutter(config: ComponentConfig, spellLater: boolean): Cutter {
  switch (config.type) {
    case "ByteLevel": {
      const prefix = (config["add_prefix_space"] as boolean | undefined) ?? true;
      const useRegex = (config["use_regex"] as boolean | undefined) ?? true;
      return (text) => {
        const spaced = prefix && !text.startsWith(" ") ? ` ${text}` : text;
        const words = useRegex ? (spaced.match(GPT2_WORDS) ?? []) : [spaced];
        return spellLater ? words : words.map(toByteCharacters);
      };
    }
    case "Split":
      return createSplit(config);
    case "Digits":
      return splitBy(config["individual_digits"] ? /\p{N}/gu : /\p{N}+/gu, "Isolated");
    case "Punctuation":
      return splitBy(PUNCTUATION, (config["behavior"] as string | undefined) ?? "Isolated");
    case "WhitespaceSplit":
      return splitBy(/\p{White_Space}+/gu, "Removed");
    case "Whitespace":
      return (text) => text.match(WORDS_AND_SIGNS) ?? [];
    case "Metaspace":
      return createMetaspace(config);
    default:
      return createLibraryCutter(config);
  }
}

function createMetaspace(config: ComponentConfig): Cutter {
  const mark = (config["replacement"] as string | undefined) ?? "▁";
  const legacyPrefix = (config["add_prefix_space"] as boolean | undefined) ?? true;
  const scheme = (config["prepend_scheme"] as string | undefined) ?? (legacyPrefix ? "always" : "never");
  const split = (config["split"] as boolean | undefined) ?? true;
  return (text, first) => {
    let marked = text.replaceAll(" ", mark);
    const wantsPrefix = scheme === "always" || (scheme === "first" && first);
    if (wantsPrefix && !marked.startsWith(mark)) marked = mark + marked;
    return split ? splitBefore(marked, mark) : [marked];
  };
}

/** Cuts before every `mark`. */
function splitBefore(text: string, mark: string): string[] {
  const words: string[] = [];
  let start = 0;
  for (let at = text.indexOf(mark, 1); at > 0; at = text.indexOf(mark, at + 1)) {
    words.push(text.slice(start, at));
    start = at;
  }
  if (start < text.length) words.push(text.slice(start));
  return words;
}

function createSplit(config: ComponentConfig): Cutter {
  // The library turns Oniguruma's expression into JavaScript's.
  const library = new SplitPreTokenizer({ ...config, invert: true } as unknown as ConstructorParameters<
    typeof SplitPreTokenizer
  >[0]);
  if (!library.pattern) throw new Error("a Split without a pattern");
  return splitBy(library.pattern, config["behavior"] as string, config["invert"] === true);
}

/** @param invert whether what the pattern does not match counts as the match */
function splitBy(pattern: RegExp, behavior: string, invert = false): Cutter {
  return (text) => {
    const spans: Span[] = [];
    let done = 0;
    for (const match of text.matchAll(pattern)) {
      if (match[0] === "") continue;
      if (done < match.index) spans.push({ text: text.slice(done, match.index), match: invert });
      spans.push({ text: match[0], match: !invert });
      done = match.index + match[0].length;
    }
    if (done < text.length) spans.push({ text: text.slice(done), match: invert });
    return joinSpans(spans, behavior);
  };
}

interface Span {
  text: string;
  match: boolean;
}

function joinSpans(spans: Span[], behavior: string): string[] {
  switch (behavior) {
    case "Removed":
      return spans.filter((span) => !span.match).map((span) => span.text);
    case "MergedWithPrevious":
      return fold(spans, (previous, span) => span.match && !previous.match);
    case "MergedWithNext":
      return fold(spans.reverse(), (previous, span) => span.match && !previous.match, true).reverse();
    case "Contiguous":
      return fold(spans, (previous, span) => previous.match === span.match);
    default:
      return spans.map((span) => span.text);
  }
}

/** Joins each span to the one before it where `joins` says so. */
function fold(spans: Span[], joins: (previous: Span, span: Span) => boolean, reversed = false): string[] {
  const words: string[] = [];
  for (const [i, span] of spans.entries()) {
    const previous = spans[i - 1];
    if (!previous || !joins(previous, span)) words.push(span.text);
    else words.push(reversed ? span.text + words.pop()! : words.pop()! + span.text);
  }
  return words;
}

function createLibraryCutter(config: ComponentConfig): Cutter {
  const library = new LibraryTokenizer(
    {
      model: { type: "BPE", vocab: {}, merges: [] },
      pre_tokenizer: config,
      normalizer: null,
      decoder: null,
      post_processor: null,
      added_tokens: [],
    },
    {},
  ).pre_tokenizer;
  return (text, first) => library!.pre_tokenize(text, { section_index: first ? 0 : 1 });
}
