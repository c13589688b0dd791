import { describe, expect, it } from "vitest";
import { plainExample } from "@/server/trainer/data/encoded-example";
import { packExamples } from "@/server/trainer/data/packing";

const example = (length: number, id: number) => {
  const ids = new Array<number>(length).fill(id);
  return plainExample(ids, ids);
};
const samples = [3, 7, 2, 5, 2, 9, 1].map((length, i) => example(length, i + 1));

describe("packExamples", () => {
  it("fills rows with the largest sample that fits, and leaves out what fits nowhere", () => {
    const packed = packExamples(samples, { capacity: 8, neat: true, padId: 0 });
    expect(packed.map((row) => [...row.inputIds])).toEqual([
      [2, 2, 2, 2, 2, 2, 2, 7, 0],
      [4, 4, 4, 4, 4, 1, 1, 1, 0],
      [5, 5, 3, 3, 0, 0, 0, 0, 0],
    ]);
  });

  it("numbers the samples of a neat row and starts positions again with each", () => {
    const [, row] = packExamples(samples, { capacity: 8, neat: true, padId: 0 });
    expect([...row!.attentionMask!]).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 0]);
    expect([...row!.positionIds!]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 0]);
    expect(row!.labels[8]).toBe(-100);
  });

  it("attends to everything without neat packing", () => {
    const [row] = packExamples(samples, { capacity: 8, neat: false, padId: 0 });
    expect([...row!.attentionMask!]).toEqual(new Array(9).fill(1));
  });
});
