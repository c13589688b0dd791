import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { narrow, widen } from "@/server/trainer/checkpoint/element-types";
import { openSafetensors, writeSafetensors } from "@/server/trainer/checkpoint/safetensors";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "safetensors-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A file with the given header object and data bytes, whatever they claim. */
async function rawFile(header: unknown, dataBytes: number): Promise<string> {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  const file = path.join(folder, "raw.safetensors");
  await writeFile(file, bytes);
  return file;
}

describe("round trip", () => {
  it("keeps names, shapes, values and metadata in all three float types", async () => {
    const file = path.join(folder, "a.safetensors");
    const values = Float32Array.from({ length: 12 }, (_, i) => (i - 5) / 4);
    await writeSafetensors(file, [
      { name: "f32", shape: [3, 4], dtype: "F32", data: values },
      { name: "bf16", shape: [12], dtype: "BF16", data: () => values },
      { name: "f16", shape: [2, 2, 3], dtype: "F16", data: () => Promise.resolve(values) },
      { name: "empty", shape: [0, 4], dtype: "F32", data: new Float32Array(0) },
    ]);
    const opened = await openSafetensors(file);
    expect(opened.metadata).toEqual({ format: "pt" });
    expect([...opened.tensors.keys()]).toEqual(["f32", "bf16", "f16", "empty"]);
    expect(opened.tensors.get("f16")).toMatchObject({ dtype: "F16", shape: [2, 2, 3], bytes: 24 });
    for (const name of ["f32", "bf16", "f16"]) expect(await opened.read(name)).toEqual(values);
    expect(await opened.read("empty")).toHaveLength(0);
    await opened.close();
  });

  it("reads a tensor larger than one chunk", async () => {
    const file = path.join(folder, "large.safetensors");
    const values = Float32Array.from({ length: 5_000_000 }, (_, i) => i % 256);
    await writeSafetensors(file, [
      { name: "first", shape: [1], dtype: "F32", data: new Float32Array([7]) },
      { name: "large", shape: [5000, 1000], dtype: "BF16", data: values },
    ]);
    const opened = await openSafetensors(file);
    const read = await opened.read("large");
    expect(Buffer.compare(Buffer.from(read.buffer), Buffer.from(values.buffer))).toBe(0);
    await opened.close();
  });

  it("leaves the old file, and nothing else, where writing fails in the middle", async () => {
    const file = path.join(folder, "a.safetensors");
    const one = { name: "x", shape: [1], dtype: "F32" as const };
    await writeSafetensors(file, [{ ...one, data: new Float32Array([1]) }]);
    const before = await readFile(file);
    const failing = () => Promise.reject(Object.assign(new Error("no space"), { code: "ENOSPC" }));
    await expect(writeSafetensors(file, [{ ...one, data: failing }])).rejects.toMatchObject({
      code: "disk_full",
    });
    expect(await readFile(file)).toEqual(before);
    expect(await readdir(folder)).toEqual(["a.safetensors"]);
  });
});

describe("element types", () => {
  it("widens every float16 and narrows it back to the same bits", () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const values = new Float32Array(65536);
    widen("F16", new Uint8Array(bits.buffer), values);
    const back = new Uint16Array(narrow("F16", values).buffer);
    const differing = [...bits].filter((b) => !Number.isNaN(values[b]) && back[b] !== b);
    expect(differing).toEqual([]);
    expect(values[0x3c00]).toBe(1);
    expect(values[0x0001]).toBe(2 ** -24);
    expect(values[0xfbff]).toBe(-65504);
  });

  it("rounds to nearest even, overflows to infinity and keeps NaN", () => {
    const halves = new Uint16Array(
      narrow("F16", new Float32Array([1 + 2 ** -11, 1 + 3 * 2 ** -11, 65520, -70000, NaN, 2 ** -25])).buffer,
    );
    expect([...halves]).toEqual([0x3c00, 0x3c02, 0x7c00, 0xfc00, 0x7e00, 0]);
    const brain = new Uint16Array(
      narrow("BF16", new Float32Array([1 + 2 ** -8, 1 + 3 * 2 ** -8, NaN])).buffer,
    );
    expect([...brain]).toEqual([0x3f80, 0x3f82, 0x7fc0]);
  });

  it("widens integers and float64", () => {
    const cases = [
      ["I64", new BigInt64Array([-3n, 4n])],
      ["I32", new Int32Array([-3, 4])],
      ["I16", new Int16Array([-3, 4])],
      ["I8", new Int8Array([-3, 4])],
      ["F64", new Float64Array([-3, 4])],
    ] as const;
    for (const [dtype, source] of cases) {
      const out = new Float32Array(2);
      widen(dtype, new Uint8Array(source.buffer), out);
      expect([...out]).toEqual([-3, 4]);
    }
  });
});

describe("headers that lie", () => {
  const entry = (shape: number[], offsets: unknown, dtype = "F32") => ({
    dtype,
    shape,
    data_offsets: offsets,
  });
  const cases: [string, unknown, number, RegExp][] = [
    [
      "offsets past the end",
      { w: entry([4], [0, 16]) },
      12,
      /cut short: tensor "w" ends at byte \d+ and the file has/,
    ],
    [
      "a span that does not fit the shape",
      { w: entry([4], [0, 12]) },
      16,
      /needs 16 bytes and its data_offsets span 12/,
    ],
    ["a negative offset", { w: entry([4], [-16, 0]) }, 16, /impossible data_offsets/],
    ["a fractional shape", { w: entry([1.5], [0, 6]) }, 6, /impossible shape/],
    ["a shape whose product overflows", { w: entry([2 ** 40, 2 ** 40], [0, 16]) }, 16, /needs \S+ bytes/],
    ["an unknown dtype", { w: entry([4], [0, 16], "F17") }, 16, /unknown dtype "F17"/],
    ["an inherited name as dtype", { w: entry([4], [0, 16], "constructor") }, 16, /unknown dtype/],
    ["overlap", { a: entry([4], [0, 16]), b: entry([4], [8, 24]) }, 24, /"b" overlaps "a"/],
    ["a hole", { a: entry([1], [0, 4]), b: entry([1], [8, 12]) }, 12, /between "a" and "b"/],
    ["bytes of no tensor", { a: entry([1], [0, 4]) }, 8, /4 bytes after the last tensor/],
    ["no object", "[1]", 0, /not a JSON object/],
    ["no JSON", "{{", 0, /not valid JSON/],
    ["metadata that is no text", { __metadata__: { a: 1 } }, 0, /"__metadata__" key "a"/],
  ];
  it.each(cases)("rejects %s", async (_, header, bytes, message) => {
    const file = await rawFile(header, bytes);
    await expect(openSafetensors(file)).rejects.toMatchObject({
      code: "checkpoint_malformed",
      message: expect.stringMatching(message),
    });
    await expect(openSafetensors(file)).rejects.toThrow("raw.safetensors");
  });

  it("rejects a header length beyond the limit without reading it", async () => {
    const file = path.join(folder, "huge.safetensors");
    const bytes = new Uint8Array(64);
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 60n, true);
    await writeFile(file, bytes);
    await expect(openSafetensors(file)).rejects.toMatchObject({
      message: expect.stringMatching(/at most 100000000/),
    });
  });

  it("rejects a file that was cut short, and an empty one", async () => {
    const file = path.join(folder, "cut.safetensors");
    const data = new Float32Array(1000);
    await writeSafetensors(file, [{ name: "w", shape: [1000], dtype: "F32", data }]);
    await truncate(file, 2000);
    await expect(openSafetensors(file)).rejects.toMatchObject({
      message: expect.stringMatching(/cut short.*"w"/),
    });
    await truncate(file, 20);
    await expect(openSafetensors(file)).rejects.toMatchObject({
      message: expect.stringMatching(/cut short/),
    });
    await truncate(file, 0);
    await expect(openSafetensors(file)).rejects.toMatchObject({ message: expect.stringMatching(/0 bytes/) });
  });

  it("names a type that it cannot read when the tensor is asked for", async () => {
    const file = await rawFile({ w: entry([4], [0, 4], "F8_E4M3") }, 4);
    const opened = await openSafetensors(file);
    await expect(opened.read("w")).rejects.toMatchObject({
      message: expect.stringMatching(/"w" is stored as F8_E4M3/),
    });
    await expect(opened.read("v")).rejects.toMatchObject({ message: expect.stringMatching(/no tensor "v"/) });
    await opened.close();
  });
});
