import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createWeightFile } from "@/server/trainer/generate/weight-file";

describe("weight file", () => {
  it("keeps each weight's bytes at the start of a page", async () => {
    const file = await createWeightFile();
    const weights = [Float32Array.of(1, 2, 3), Uint8Array.of(7, 8), new Float32Array(2000).fill(5)];
    const locations = [];
    for (const weight of weights) locations.push(await file.append(weight));
    await file.close();
    expect(locations.map(({ offset }) => offset % 4096)).toEqual([0, 0, 0]);
    const bytes = await readFile(path.join(file.folder, locations[0]!.file));
    locations.forEach((location, i) => {
      const { buffer, byteOffset, byteLength } = weights[i]!;
      const wanted = Buffer.from(buffer, byteOffset, byteLength);
      expect(bytes.subarray(location.offset, location.offset + location.bytes).equals(wanted)).toBe(true);
    });
    await file.remove();
    expect(existsSync(file.folder)).toBe(false);
  });

  it("writes only the part of a buffer that a view shows", async () => {
    const file = await createWeightFile();
    const location = await file.append(Float32Array.of(1, 2, 3, 4).subarray(1, 3));
    await file.close();
    expect(location.bytes).toBe(8);
    const bytes = await readFile(path.join(file.folder, location.file));
    expect([bytes.readFloatLE(0), bytes.readFloatLE(4)]).toEqual([2, 3]);
    await file.remove();
  });

  it("deletes what processes that are gone left, and nothing of those that live", async () => {
    // The largest pid that any system gives is far below.
    const dead = path.join(os.tmpdir(), "tuneboard-weights-999999999-x");
    const alive = path.join(os.tmpdir(), `tuneboard-weights-${process.pid}-test`);
    await Promise.all([mkdir(dead, { recursive: true }), mkdir(alive, { recursive: true })]);
    const file = await createWeightFile();
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(alive)).toBe(true);
    await file.close();
    await file.remove();
    await rm(alive, { recursive: true });
  });
});
