/**
 * A Hugging Face tokenizer as GGUF's metadata, read by llama.cpp: byte-level BPE as its "gpt2", sentencepiece-like BPE
 * with byte fallback as its "llama". Other kinds are refused: they would load there and cut text wrongly.
 * https://github.com/ggml-org/llama.cpp/blob/master/convert_hf_to_gguf.py
 */
import { AppError } from "../../../contract/errors";
import type { Tokenizer } from "../../tokenizer/tokenizer";
import type { ComponentConfig, TokenizerFiles } from "../../tokenizer/tokenizer-files";
import type { MetadataValue } from "./gguf-file";

/** llama_token_type */
const TOKEN_TYPE = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;
type TokenType = (typeof TOKEN_TYPE)[keyof typeof TOKEN_TYPE];

const LETTERS_AND_SIGNS =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|NUMBERS| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
/** How a tokenizer's expression cuts words, and llama.cpp's name for that. */
const WORD_CUTTERS: ReadonlyMap<string, string> = new Map([
  [LETTERS_AND_SIGNS.replace("NUMBERS", "\\p{N}{1,3}"), "llama-bpe"],
  [LETTERS_AND_SIGNS.replace("NUMBERS", "\\p{N}"), "qwen2"],
]);

/**
 * The keys tokenizer.* for a model with `vocabSize` rows.
 * @param tokenizer as the template left it; @param files of the folder it came from
 * @throws AppError unsupported where llama.cpp has no equal tokenizer
 */
export function vocabularyMetadata(
  tokenizer: Tokenizer,
  files: TokenizerFiles,
  vocabSize: number,
): Map<string, MetadataValue> {
  const kind = vocabularyKind(files);
  const { tokens, types } = listTokens(tokenizer, vocabSize, kind.name);
  const metadata = new Map<string, MetadataValue>([
    ["tokenizer.ggml.model", { type: "string", value: kind.name }],
    ["tokenizer.ggml.pre", { type: "string", value: kind.cutter }],
    ["tokenizer.ggml.tokens", { type: "strings", value: tokens }],
    ["tokenizer.ggml.token_type", { type: "int32s", value: Int32Array.from(types) }],
  ]);
  if (kind.name === "llama") {
    metadata.set("tokenizer.ggml.scores", { type: "float32s", value: pieceScores(tokens, kind.merges) });
    metadata.set("tokenizer.ggml.add_space_prefix", { type: "bool", value: addsSpace(files) });
  } else {
    metadata.set("tokenizer.ggml.merges", {
      type: "strings",
      value: kind.merges.map((pair) => pair.join(" ")),
    });
  }
  for (const [key, token] of Object.entries({
    bos: tokenizer.bos,
    eos: tokenizer.eos,
    unknown: tokenizer.unk,
    padding: tokenizer.pad,
  })) {
    if (token && token.id < vocabSize)
      metadata.set(`tokenizer.ggml.${key}_token_id`, { type: "uint32", value: token.id });
  }
  const { bos } = tokenizer;
  const startsWithBos = bos !== null && tokenizer.encode("", { addSpecialTokens: true })[0] === bos.id;
  metadata.set("tokenizer.ggml.add_bos_token", { type: "bool", value: startsWithBos });
  metadata.set("tokenizer.ggml.add_eos_token", { type: "bool", value: false });
  if (tokenizer.chatTemplate !== null)
    metadata.set("tokenizer.chat_template", { type: "string", value: tokenizer.chatTemplate });
  return metadata;
}

interface VocabularyKind {
  readonly name: "gpt2" | "llama";
  /** tokenizer.ggml.pre */
  readonly cutter: string;
  readonly merges: readonly (readonly [string, string])[];
}

function vocabularyKind(files: TokenizerFiles): VocabularyKind {
  const { model } = files;
  if (model.type !== "BPE") throw refused(files, `its model is ${model.type}`);
  const merges = model.merges.map((merge) =>
    typeof merge === "string" ? (merge.split(" ") as [string, string]) : merge,
  );
  if (model.byte_fallback) {
    const marksSpaces = JSON.stringify([files.normalizer, files.preTokenizer]).includes("▁");
    if (!marksSpaces) throw refused(files, "it has byte fallback but does not write spaces as ▁");
    return { name: "llama", cutter: "default", merges };
  }
  return { name: "gpt2", cutter: wordCutter(files), merges };
}

function wordCutter(files: TokenizerFiles): string {
  const { preTokenizer } = files;
  const steps =
    preTokenizer?.type === "Sequence"
      ? (preTokenizer["pretokenizers"] as ComponentConfig[])
      : preTokenizer
        ? [preTokenizer]
        : [];
  const last = steps.at(-1);
  if (last?.type !== "ByteLevel" || last["add_prefix_space"] === true)
    throw refused(files, `it cuts words as ${JSON.stringify(preTokenizer)}`);
  const before = steps.slice(0, -1);
  const byLibrary = last["use_regex"] !== false;
  const [first] = before;
  if (before.length === 0 && byLibrary) return "gpt-2";
  if (before.length === 1 && byLibrary && first?.type === "Digits" && first["individual_digits"] === true)
    return "smollm";
  if (before.length === 1 && !byLibrary && first?.type === "Split") {
    const pattern = (first["pattern"] as { Regex?: string } | undefined)?.Regex ?? "";
    const name = WORD_CUTTERS.get(pattern);
    if (name) return name;
  }
  throw refused(files, `it cuts words as ${JSON.stringify(preTokenizer)}`);
}

function refused({ folder }: TokenizerFiles, reason: string): AppError {
  return new AppError(
    "unsupported",
    `export_gguf: ${folder} has a tokenizer that GGUF cannot hold as it is (${reason}). Export without export_gguf, or convert the exported folder with llama.cpp's convert_hf_to_gguf.py.`,
  );
}

/** One token per row of the embedding; rows without a token get a name that no text contains. */
function listTokens(
  tokenizer: Tokenizer,
  vocabSize: number,
  kind: VocabularyKind["name"],
): { tokens: string[]; types: TokenType[] } {
  const added = new Map(tokenizer.addedTokens.map((token) => [token.id, token]));
  const tokens: string[] = [];
  const types: TokenType[] = [];
  for (let id = 0; id < vocabSize; id++) {
    const token = tokenizer.idToToken(id);
    tokens.push(token ?? `[PAD${id}]`);
    if (token === undefined) types.push(TOKEN_TYPE.unused);
    else if (id === tokenizer.unk?.id && kind === "llama") types.push(TOKEN_TYPE.unknown);
    else if (added.has(id)) types.push(added.get(id)!.special ? TOKEN_TYPE.control : TOKEN_TYPE.userDefined);
    else if (kind === "llama" && /^<0x[0-9A-F]{2}>$/.test(token)) types.push(TOKEN_TYPE.byte);
    else types.push(TOKEN_TYPE.normal);
  }
  return { tokens, types };
}

/**
 * llama.cpp merges the two neighbours whose join scores best; Hugging Face applies the merge that comes first. So a piece
 * scores minus the number of the first merge that makes it; whatever no merge makes is never asked for.
 */
function pieceScores(
  tokens: readonly string[],
  merges: readonly (readonly [string, string])[],
): Float32Array {
  const ranks = new Map<string, number>();
  for (const [rank, pair] of merges.entries()) {
    const piece = pair.join("");
    if (!ranks.has(piece)) ranks.set(piece, rank);
  }
  return Float32Array.from(tokens, (token) => 0 - (ranks.get(token) ?? merges.length));
}

/** Whether text gets a space in front: a normalizer that prepends ▁, or a Metaspace that does. */
function addsSpace({ normalizer, preTokenizer }: TokenizerFiles): boolean {
  const steps = [normalizer, preTokenizer].flatMap((component) => {
    const inner = component?.["normalizers"] ?? component?.["pretokenizers"];
    return (inner as ComponentConfig[] | undefined) ?? (component ? [component] : []);
  });
  return steps.some(
    (step) =>
      step.type === "Prepend" ||
      (step.type === "Metaspace" && (step["prepend_scheme"] ?? "always") !== "never"),
  );
}
