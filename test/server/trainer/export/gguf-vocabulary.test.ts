/** Tokenizers as GGUF's metadata: each kind under llama.cpp's name for it, or refused. */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { vocabularyMetadata } from "@/server/trainer/export/gguf/gguf-vocabulary";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { readTokenizerFiles } from "@/server/trainer/tokenizer/tokenizer-files";

async function metadataOf(name: string, vocabSize: number) {
  const folder = path.resolve("test/fixtures/golden/tokenizers", name);
  const metadata = vocabularyMetadata(
    await loadTokenizer(folder),
    await readTokenizerFiles(folder),
    vocabSize,
  );
  const get = (key: string) => metadata.get(`tokenizer.ggml.${key}`)?.value;
  return { get, tokens: get("tokens") as string[], types: get("token_type") as Int32Array };
}

describe("vocabularyMetadata", () => {
  it("writes sentencepiece-like BPE with scores that put earlier merges first", async () => {
    const { get, tokens, types } = await metadataOf("spm_bpe", 2800);
    expect(get("model")).toBe("llama");
    expect(get("add_space_prefix")).toBe(true);
    expect(get("add_bos_token")).toBe(true);
    expect(types[tokens.indexOf("<0x0A>")]).toBe(6);
    expect(types[get("unknown_token_id") as number]).toBe(2);
    const scores = get("scores") as Float32Array;
    const score = (piece: string) => scores[tokens.indexOf(piece)]!;
    expect(score("▁t")).toBe(0);
    expect(score("00")).toBe(-1);
    expect(score("t")).toBeLessThan(score("00"));
  });

  it("fills rows without a token with unused names", async () => {
    const { tokens, types } = await metadataOf("spm_bpe", 2800);
    expect(tokens).toHaveLength(2800);
    expect(tokens.at(-1)).toBe("[PAD2799]");
    expect(types.at(-1)).toBe(5);
  });

  it("tells byte-level BPE with GPT-2's words from that with Qwen2's", async () => {
    const gpt2 = await metadataOf("bpe_gpt2", 1204);
    expect([gpt2.get("model"), gpt2.get("pre")]).toEqual(["gpt2", "gpt-2"]);
    expect((gpt2.get("merges") as string[])[0]).toBe("Ġ t");
    const qwen = await metadataOf("bpe", 3080);
    expect(qwen.get("pre")).toBe("qwen2");
  });

  it("marks added tokens as control or as the user's own", async () => {
    const { tokens, types } = await metadataOf("bpe", 3080);
    expect(types[tokens.indexOf("<|im_end|>")]).toBe(3);
    expect(types[tokens.indexOf("<think>")]).toBe(4);
  });

  it("refuses a tokenizer that GGUF cannot hold", async () => {
    await expect(metadataOf("unigram", 3000)).rejects.toThrow(/its model is Unigram/);
  });
});
