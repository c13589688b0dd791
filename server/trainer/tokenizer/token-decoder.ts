/**
 * Tokens back to text: the `decoder` of tokenizer.json. Kinds that language models use are written here, because bytes
 * must come out exactly as Hugging Face's Rust library gives them; the rest is @huggingface/tokenizers'.
 */
import { Tokenizer as LibraryTokenizer } from "@huggingface/tokenizers";
import { toBytes } from "./byte-alphabet";
import type { ComponentConfig } from "./tokenizer-files";

/** One step: tokens to tokens; the results are joined at the end. */
type Step = (tokens: string[]) => string[];

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const strictUtf8 = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** A function from tokens to text. Without a configuration tokens are joined by spaces. */
export function createTokenDecoder(config: ComponentConfig | null): (tokens: string[]) => string {
  if (!config) return (tokens) => tokens.join(" ");
  const step = createStep(config);
  return (tokens) => step(tokens).join("");
}

function createStep(config: ComponentConfig): Step {
  switch (config.type) {
    case "Sequence": {
      const steps = (config["decoders"] as ComponentConfig[]).map(createStep);
      return (tokens) => steps.reduce((current, step) => step(current), tokens);
    }
    case "ByteLevel":
      return (tokens) => [utf8.decode(Buffer.concat(tokens.map(toBytes)))];
    case "ByteFallback":
      return joinByteTokens;
    case "Fuse":
      return (tokens) => [tokens.join("")];
    case "Strip":
      return createStrip(config);
    case "Metaspace":
      return createMetaspace(config);
    case "Replace": {
      const pattern = config["pattern"] as { String?: string };
      if (pattern.String === undefined) return createLibraryStep(config);
      const from = pattern.String;
      return (tokens) => tokens.map((token) => token.replaceAll(from, () => config["content"] as string));
    }
    default:
      return createLibraryStep(config);
  }
}

function createStrip(config: ComponentConfig): Step {
  const content = config["content"] as string;
  const start = config["start"] as number;
  const stop = config["stop"] as number;
  return (tokens) =>
    tokens.map((token) => {
      let from = 0;
      while (from < start && token[from] === content) from++;
      let to = token.length;
      while (token.length - to < stop && to > from && token[to - 1] === content) to--;
      return token.slice(from, to);
    });
}

function createMetaspace(config: ComponentConfig): Step {
  const mark = (config["replacement"] as string | undefined) ?? "▁";
  const legacyPrefix = (config["add_prefix_space"] as boolean | undefined) ?? true;
  const scheme = (config["prepend_scheme"] as string | undefined) ?? (legacyPrefix ? "always" : "never");
  return (tokens) =>
    tokens.map((token, i) => {
      const text = i === 0 && scheme !== "never" && token.startsWith(mark) ? token.slice(mark.length) : token;
      return text.replaceAll(mark, " ");
    });
}

const BYTE_TOKEN = /^<0x([0-9A-Fa-f]{2})>$/;

/** Runs of <0xNN> become text; a run that is not valid UTF-8 becomes one U+FFFD per byte. */
function joinByteTokens(tokens: string[]): string[] {
  const result: string[] = [];
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length === 0) return;
    result.push(decodeRun(bytes));
    bytes = [];
  };
  for (const token of tokens) {
    const byte = token.length === 6 ? BYTE_TOKEN.exec(token) : null;
    if (byte) bytes.push(Number.parseInt(byte[1]!, 16));
    else {
      flush();
      result.push(token);
    }
  }
  flush();
  return result;
}

function decodeRun(bytes: number[]): string {
  try {
    return strictUtf8.decode(Uint8Array.from(bytes));
  } catch {
    return "\ufffd".repeat(bytes.length);
  }
}

function createLibraryStep(config: ComponentConfig): Step {
  const library = new LibraryTokenizer(
    {
      model: { type: "BPE", vocab: {}, merges: [] },
      decoder: config,
      normalizer: null,
      pre_tokenizer: null,
      post_processor: null,
      added_tokens: [],
    },
    {},
  ).decoder;
  return (tokens) => library!.decode_chain(tokens);
}
