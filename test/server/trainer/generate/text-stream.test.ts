import { describe, expect, it } from "vitest";
import { createTextStream } from "@/server/trainer/generate/text-stream";

/** Ids are UTF-8 bytes, and as SentencePiece decoders do, a leading space of the whole text is dropped. */
const decodeBytes = (ids: readonly number[]) =>
  new TextDecoder().decode(Uint8Array.from(ids)).replace(/^ /, "");
const bytes = (text: string) => [...new TextEncoder().encode(text)];

function streamAll(text: string, stops: string[] = []) {
  const stream = createTextStream(decodeBytes, stops);
  const pieces: string[] = [];
  for (const id of bytes(text)) {
    const piece = stream.push(id);
    if (piece.text !== "") pieces.push(piece.text);
    if (piece.stopped) return { pieces, stopped: true };
  }
  const rest = stream.end();
  if (rest !== "") pieces.push(rest);
  return { pieces, stopped: false };
}

describe("text stream", () => {
  it("gives each character once its last byte has come", () => {
    expect(streamAll("aé中🙂b").pieces).toEqual(["a", "é", "中", "🙂", "b"]);
  });

  it("adds up to the text of the whole", () => {
    const text = " hello, wörld — 你好 and on it goes, 🙂🙂.";
    expect(streamAll(text).pieces.join("")).toBe(decodeBytes(bytes(text)));
  });

  it("gives an unfinished character at the end as it is", () => {
    const stream = createTextStream(decodeBytes);
    for (const id of bytes("é").slice(0, 1)) expect(stream.push(id).text).toBe("");
    expect(stream.end()).toBe("\uFFFD");
  });

  it("ends before a stop string", () => {
    const { pieces, stopped } = streamAll("one two STOP three", ["STOP"]);
    expect(pieces.join("")).toBe("one two ");
    expect(stopped).toBe(true);
  });

  it("holds back only what may become a stop string", () => {
    expect(streamAll("a##b", ["###"]).pieces).toEqual(["a", "##b"]);
  });

  it("gives back at the end what never became a stop string", () => {
    expect(streamAll("a##", ["###"])).toEqual({ pieces: ["a", "##"], stopped: false });
  });

  it("stops at the earliest of several stop strings", () => {
    expect(streamAll("abcdef", ["de", "cd"]).pieces.join("")).toBe("ab");
  });

  it("ignores an empty stop string", () => {
    expect(streamAll("ab", [""]).pieces.join("")).toBe("ab");
  });
});
