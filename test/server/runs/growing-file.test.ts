import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileSize, readLines, readSpans, readText } from "@/server/runs/growing-file";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tuneboard-growing-"));
  file = path.join(folder, "log");
});
afterEach(() => rmSync(folder, { recursive: true }));

const textOf = (piece: { bytes: Buffer } | null) => piece?.bytes.toString("utf8");

describe("lines of a growing file", () => {
  it("come whole, and from where the last reading ended", () => {
    writeFileSync(file, "one\ntw");
    const first = readLines(file, 0);
    expect(textOf(first)).toBe("one\n");
    appendFileSync(file, "o\nthree\n");
    const second = readLines(file, first!.to);
    expect(textOf(second)).toBe("two\nthree\n");
    expect(readLines(file, second!.to)?.bytes).toHaveLength(0);
  });

  it("start over when the file got shorter", () => {
    writeFileSync(file, "new\n");
    expect(readLines(file, 100)).toMatchObject({ from: 0, to: 4, reset: true });
  });

  it("are none where there is no file", () => {
    expect(readLines(file, 0)).toBeNull();
    expect(fileSize(file)).toBe(0);
  });
});

describe("spans of a growing file", () => {
  it("are read without what lies between, and not at all where it has become too short", () => {
    writeFileSync(file, "one\ntwo\nthree\n");
    const spans = [
      { from: 0, to: 3 },
      { from: 8, to: 13 },
    ];
    expect(readSpans(file, spans)?.map(String)).toEqual(["one", "three"]);
    writeFileSync(file, "one\n");
    expect(readSpans(file, spans)).toBeNull();
    expect(readSpans(`${file}.gone`, [])).toBeNull();
  });
});

describe("text of a growing file", () => {
  it("is never cut inside a character", () => {
    const bytes = Buffer.from("aé漢😀", "utf8");
    for (let end = 0; end <= bytes.length; end++) {
      writeFileSync(file, bytes.subarray(0, end));
      const piece = readText(file, 0)!;
      expect(piece.bytes.toString("utf8")).not.toContain("�");
      expect(Buffer.from(piece.bytes.toString("utf8"))).toEqual(bytes.subarray(0, piece.to));
      expect(end - piece.to).toBeLessThan(4);
    }
  });

  it("can be asked for from its end, beginning with a whole line", () => {
    writeFileSync(file, "first line\nsecond line\nthird\n");
    expect(readText(file, -10)).toMatchObject({ from: 23, to: 29 });
    expect(textOf(readText(file, -10))).toBe("third\n");
    expect(textOf(readText(file, -1000))).toBe("first line\nsecond line\nthird\n");
  });
});
