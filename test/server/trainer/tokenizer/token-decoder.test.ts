import { describe, expect, it } from "vitest";
import { createTokenDecoder } from "@/server/trainer/tokenizer/token-decoder";

describe("createTokenDecoder", () => {
  it("writes one replacement character per byte of a broken run of byte tokens", () => {
    const decode = createTokenDecoder({
      type: "Sequence",
      decoders: [{ type: "ByteFallback" }, { type: "Fuse" }],
    });
    expect(decode(["a", "<0xE4>", "<0xBD>", "<0xA0>"])).toBe("a你");
    expect(decode(["<0xE4>", "<0xBD>", "b"])).toBe("\ufffd\ufffdb");
  });

  it("takes an added token outside the byte alphabet as it is", () => {
    const decode = createTokenDecoder({ type: "ByteLevel" });
    expect(decode(["<｜User｜>", "ä½ł", "å¥½", "Ġx"])).toBe("<｜User｜>你好 x");
  });

  it("strips at most as many characters as it says", () => {
    const decode = createTokenDecoder({ type: "Strip", content: " ", start: 1, stop: 0 });
    expect(decode(["  a "])).toBe(" a ");
  });
});
