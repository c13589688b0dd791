import { describe, expect, it } from "vitest";
import { parseCards } from "@/server/processes/graphics-cards";
import { slotsFor, type SlotRequest } from "@/server/runs/queue-slots";

const cards = parseCards("0, NVIDIA A100-SXM4-80GB\n1, NVIDIA A100-SXM4-80GB\r\n\n");
const ask = (change: Partial<SlotRequest> = {}, env: Record<string, string> = {}) =>
  slotsFor({
    command: { file: "llamafactory-cli", args: [], env, cwd: "/" },
    config: {},
    pool: "cards",
    cards,
    slots: null,
    taken: [],
    beside: false,
    ...change,
  });

describe("the places that a run gets", () => {
  it("are read from what the driver says", () => {
    expect(cards).toEqual([
      { index: 0, name: "NVIDIA A100-SXM4-80GB" },
      { index: 1, name: "NVIDIA A100-SXM4-80GB" },
    ]);
    expect(parseCards("NVIDIA-SMI has failed")).toEqual([]);
  });

  it("are one card each, told by CUDA_VISIBLE_DEVICES, until all are taken", () => {
    expect(ask()).toMatchObject({ slots: [0], env: { CUDA_VISIBLE_DEVICES: "0" } });
    expect(ask({ taken: [0] })).toMatchObject({ slots: [1], env: { CUDA_VISIBLE_DEVICES: "1" } });
    expect(ask({ taken: [0, 1] })).toBeNull();
    expect(ask({ taken: [0, 1], beside: true })).toMatchObject({ slots: [0] });
  });

  it("are those that the configuration names, once they are free", () => {
    const named = { CUDA_VISIBLE_DEVICES: "1" };
    expect(ask({}, named)).toMatchObject({ slots: [1], env: named });
    expect(ask({ taken: [1] }, named)).toBeNull();
    expect(ask({ taken: [0] }, named)).toMatchObject({ slots: [1] });
  });

  it("are all cards for a run that spreads over them", () => {
    expect(ask({}, { FORCE_TORCHRUN: "1" })).toMatchObject({
      slots: [0, 1],
      env: { CUDA_VISIBLE_DEVICES: "0,1" },
    });
    expect(ask({ taken: [1] }, { FORCE_TORCHRUN: "1" })).toBeNull();
    expect(ask({ config: { deepspeed: "z3.json" } })).toMatchObject({ slots: [0, 1] });
    expect(ask({}, { NPROC_PER_NODE: "1" })).toMatchObject({ slots: [0] });
  });

  it("may be more than there are cards, where that is set", () => {
    expect(ask({ slots: 4, taken: [0, 1] })).toMatchObject({
      slots: [2],
      env: { CUDA_VISIBLE_DEVICES: "0" },
    });
  });

  it("are one on the processor, or as many as are set, and name no card", () => {
    const processor = { pool: "processor" as const, cards: [] };
    expect(ask(processor)).toEqual({ slots: [0], env: {} });
    expect(ask({ ...processor, taken: [0] })).toBeNull();
    expect(ask({ ...processor, taken: [0], slots: 2 })).toEqual({ slots: [1], env: {} });
  });
});
