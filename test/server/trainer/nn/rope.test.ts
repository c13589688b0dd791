import { describe, expect, it } from "vitest";
import { readRope } from "@/server/trainer/models/model-config";
import { ropeFrequencies, ropeTables } from "@/server/trainer/nn/rope";

const config = (values: Record<string, unknown>) => ({
  file: "config.json",
  values: { max_position_embeddings: 128, ...values },
});

describe("readRope", () => {
  it("reads transformers 4's and 5's spelling alike", () => {
    const scaling = {
      rope_type: "llama3",
      factor: 8,
      low_freq_factor: 1,
      high_freq_factor: 4,
      original_max_position_embeddings: 64,
    };
    const old = readRope(config({ rope_theta: 500000, rope_scaling: scaling }), 16);
    expect(readRope(config({ rope_parameters: { ...scaling, rope_theta: 500000 } }), 16)).toEqual(old);
    expect(old).toMatchObject({
      type: "llama3",
      theta: 500000,
      dimensions: 16,
      factor: 8,
      originalMaxPositions: 64,
    });
  });

  it("knows the older key `type`, and takes what is missing as the plain embedding", () => {
    expect(readRope(config({ rope_scaling: { type: "linear", factor: 4 } }), 8).type).toBe("linear");
    expect(readRope(config({ rope_scaling: null }), 8)).toMatchObject({
      type: "default",
      theta: 10000,
      factor: 1,
    });
  });

  it("rotates a part of each head where partial_rotary_factor says so", () => {
    expect(readRope(config({ partial_rotary_factor: 0.5 }), 32).dimensions).toBe(16);
  });

  it("says which number a scaling lacks", () => {
    expect(() => readRope(config({ rope_scaling: { rope_type: "linear" } }), 8)).toThrow(
      /"factor" is missing/,
    );
  });
});

describe("ropeTables", () => {
  const rope = readRope(config({}), 4);

  it("holds the angle's cosine and sine for both elements of a pair, the first sine negative", () => {
    const { cos, sin } = ropeTables(rope, Int32Array.of(0, 3), "half");
    expect([...cos.subarray(0, 4)]).toEqual([1, 1, 1, 1]);
    const angles = [3, 0.03];
    for (const [i, angle] of angles.entries()) {
      expect(cos[4 + i]).toBeCloseTo(Math.cos(angle), 6);
      expect(cos[6 + i]).toBeCloseTo(Math.cos(angle), 6);
      expect(sin[4 + i]).toBeCloseTo(-Math.sin(angle), 6);
      expect(sin[6 + i]).toBeCloseTo(Math.sin(angle), 6);
    }
  });

  it("lays interleaved pairs side by side", () => {
    const { sin } = ropeTables(rope, Int32Array.of(3), "interleaved");
    expect(sin[0]).toBeCloseTo(-Math.sin(3), 6);
    expect(sin[1]).toBeCloseTo(Math.sin(3), 6);
  });

  it("stretches dynamic frequencies only beyond the trained length", () => {
    const dynamic = readRope(config({ rope_scaling: { rope_type: "dynamic", factor: 2 } }), 8);
    const plain = ropeFrequencies(readRope(config({}), 8), 1).frequencies;
    expect(ropeFrequencies(dynamic, 128).frequencies).toEqual(plain);
    expect(ropeFrequencies(dynamic, 200).frequencies[3]).toBeLessThan(plain[3]!);
  });
});
