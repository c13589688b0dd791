import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BYTE_CHARACTERS, splitPieces } from "@/server/starter/bpe/pre-tokenize";
import { addedTokenIds, embeddingRows, writeTokenizerFiles } from "@/server/starter/bpe/tokenizer-files";
import { trainBpe } from "@/server/starter/bpe/train-bpe";
import { chatDialogues, pretrainTexts } from "@/server/starter/corpus/corpus";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import type { Tokenizer } from "@/server/trainer/tokenizer/tokenizer";

const HARD_TEXTS = [
  "Hello, world! It's 2024.",
  "  two  spaces\n\nand a break\t\ttab ",
  "你好，世界！今天天气很好。",
  "naïve café – “quotes” 😀👍🏽",
  "x = [1, 2, 3]; // code",
];

describe("splitting", () => {
  it("loses nothing", () => {
    for (const text of HARD_TEXTS) expect(splitPieces(text).join("")).toBe(text);
  });

  it("takes digits one by one and keeps a word with its space", () => {
    expect(splitPieces("I have 12 cats")).toEqual(["I", " have", " ", "1", "2", " cats"]);
  });

  it("gives every byte a character of its own", () => {
    expect(new Set(BYTE_CHARACTERS).size).toBe(256);
  });
});

describe("training", () => {
  it("joins the most frequent neighbours first", () => {
    const { merges, tokens } = trainBpe(["ab ab ab cd cd", "ab"], 260);
    expect(merges[0]).toEqual(["a", "b"]);
    expect(tokens.length).toBe(260);
    expect(tokens).toContain("Ġab");
  });

  it("stops where no pair comes twice", () => {
    expect(trainBpe(["abc"], 400).tokens.length).toBe(256);
  });

  it("is deterministic", () => {
    const texts = pretrainTexts(1, 200);
    expect(trainBpe(texts, 600)).toEqual(trainBpe(texts, 600));
  });
});

describe("the tokenizer files", () => {
  let folder: string;
  let tokenizer: Tokenizer;
  const dialogues = chatDialogues(2, 300);
  const bpe = trainBpe(
    [...pretrainTexts(2, 300), ...dialogues.flatMap(({ turns }) => turns.map((turn) => turn.assistant))],
    1019,
  );

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "starter-bpe-"));
    await writeTokenizerFiles(folder, bpe, 512);
    tokenizer = await loadTokenizer(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("load in the trainer's tokenizer, which encodes and decodes without loss", () => {
    const said = dialogues.flatMap(({ turns }) => turns.map((turn) => turn.user));
    for (const text of [...HARD_TEXTS, ...said]) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it("name the end, the padding and the chat template, and round the table up", () => {
    const ids = addedTokenIds(bpe);
    expect(tokenizer.eos).toEqual({ token: "<|im_end|>", id: ids.get("<|im_end|>") });
    expect(tokenizer.pad).toEqual({ token: "<|endoftext|>", id: ids.get("<|endoftext|>") });
    expect(tokenizer.chatTemplate).toContain("<|im_start|>");
    expect(embeddingRows(bpe)).toBe(1024);
    expect(tokenizer.encode("<|im_start|>")).toEqual([ids.get("<|im_start|>")]);
  });

  it("keep thinking marks in the text when special tokens are left out", () => {
    const text = tokenizer.decode(tokenizer.encode("<think>\nso\n</think>\n\nyes<|im_end|>"), {
      skipSpecialTokens: true,
    });
    expect(text).toBe("<think>\nso\n</think>\n\nyes");
  });
});
