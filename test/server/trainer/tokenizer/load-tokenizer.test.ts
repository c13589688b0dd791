import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { LETTER_MODEL, tinyFolder } from "./tiny-tokenizer";

const END = { id: 40, content: "<end>", special: true };

describe("loadTokenizer", () => {
  it("names the missing file and how to convert where only a slow tokenizer is there", async () => {
    const folder = tinyFolder({});
    await expect(loadTokenizer(folder)).rejects.toThrow(/has no tokenizer\.json.*Copy tokenizer\.json/s);
    writeFileSync(path.join(folder, "tokenizer.model"), "");
    await expect(loadTokenizer(folder)).rejects.toThrow(
      /tokenizer\.model but no tokenizer\.json.*transformers/s,
    );
  });

  it("names the file and the key that cannot be understood", async () => {
    const folder = tinyFolder({ tokenizer: { model: { type: "Magic", vocab: {} } } });
    await expect(loadTokenizer(folder)).rejects.toThrow(/tokenizer\.json: "model\.type" is Magic/);
    writeFileSync(path.join(folder, "tokenizer.json"), "{ broken");
    await expect(loadTokenizer(folder)).rejects.toMatchObject({ code: "checkpoint_malformed" });
  });

  it("says which merge makes a token that the vocabulary lacks", async () => {
    const model = { ...LETTER_MODEL, merges: [...LETTER_MODEL.merges, "x y"] };
    const tokenizer = await loadTokenizer(tinyFolder({ tokenizer: { model } }));
    expect(() => tokenizer.encode("xy")).toThrow(/make "xy"/);
  });

  it.each([
    ["transformers 5", { eos_token: "<end>", extra_special_tokens: ["<more>"] }],
    [
      "transformers 4",
      {
        eos_token: { content: "<end>", lstrip: false },
        additional_special_tokens: ["<more>"],
        added_tokens_decoder: { "41": { content: "<more>", special: true } },
      },
    ],
    ["named extra tokens", { eos_token: "<end>", extra_special_tokens: { image_token: "<more>" } }],
  ])("reads special tokens as %s writes them", async (_, config) => {
    const more = { id: 41, content: "<more>", special: false };
    const tokenizer = await loadTokenizer(tinyFolder({ tokenizer: { added_tokens: [END, more] }, config }));
    expect(tokenizer.eos).toEqual({ token: "<end>", id: 40 });
    expect(tokenizer.isSpecial(41)).toBe(true);
    expect(tokenizer.decode(tokenizer.encode("the<more>cat<end>"), { skipSpecialTokens: true })).toBe(
      "thecat",
    );
  });

  it("takes special tokens from special_tokens_map.json where the configuration is silent", async () => {
    const folder = tinyFolder({
      tokenizer: { added_tokens: [END] },
      specialTokensMap: { pad_token: "<end>" },
    });
    expect((await loadTokenizer(folder)).pad?.id).toBe(40);
  });

  it("knows what GPT-2's class takes where the configuration is silent", async () => {
    const added = [{ id: 40, content: "<|endoftext|>", special: true }];
    const config = { tokenizer_class: "GPT2Tokenizer" };
    const tokenizer = await loadTokenizer(tinyFolder({ tokenizer: { added_tokens: added }, config }));
    expect(tokenizer.eos?.id).toBe(40);
  });

  it("reads the chat template from its file before the configuration's, and the default of several", async () => {
    const config = {
      chat_template: [
        { name: "rag", template: "R" },
        { name: "default", template: "D" },
      ],
    };
    expect((await loadTokenizer(tinyFolder({ tokenizer: {}, config }))).chatTemplate).toBe("D");
    expect((await loadTokenizer(tinyFolder({ tokenizer: {}, config, chatTemplate: "F" }))).chatTemplate).toBe(
      "F",
    );
    expect((await loadTokenizer(tinyFolder({ tokenizer: {} }))).chatTemplate).toBeNull();
  });

  it("gives the same ids for a word that is met again", async () => {
    const tokenizer = await loadTokenizer(tinyFolder({ tokenizer: {} }));
    const once = tokenizer.encode("the thing");
    expect(tokenizer.encode("the thing")).toEqual(once);
    expect(once.map((id) => tokenizer.idToToken(id))).toEqual(["the", " ", "th", "ing"]);
  });
});
