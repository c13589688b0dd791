import { describe, expect, it } from "vitest";
import { clipIfLong } from "@/components/runs/cell-room";

describe("clipping of cells", () => {
  it("is left out where a text fits in any case", () => {
    expect(clipIfLong("LoRA r 8", 92)).toBe("");
    expect(clipIfLong("freeze, sft, and more", 92)).toBe("clip");
  });

  it("counts wide writing as wide", () => {
    expect(clipIfLong("昨天的运行", 80)).toBe("");
    expect(clipIfLong("昨天的运行记录", 80)).toBe("clip");
  });
});
