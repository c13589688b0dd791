import { describe, expect, it } from "vitest";
import { collate } from "@/server/trainer/data/batches";
import { plainExample, type EncodedExample } from "@/server/trainer/data/encoded-example";

/** A row whose ids all are its number, counted from 1. */
const row = (number: number, length: number): EncodedExample => {
  const ids = new Array<number>(length).fill(number);
  return plainExample(ids, ids);
};
describe("collate", () => {
  it("pads on the right to a multiple of eight, without labels or attention there", () => {
    const batch = collate([row(5, 3), row(6, 9)], { padId: 99, multipleOf: 8 });
    expect([batch.rows, batch.length]).toEqual([2, 16]);
    expect([...batch.inputIds.slice(0, 5)]).toEqual([5, 5, 5, 99, 99]);
    expect([...batch.labels.slice(0, 5)]).toEqual([5, 5, 5, -100, -100]);
    expect([...batch.attentionMask.slice(16)]).toEqual([
      ...new Array<number>(9).fill(1),
      ...new Array<number>(7).fill(0),
    ]);
    expect(batch.positionIds).toBeNull();
  });

  it("gives padding the label that is asked for, as ignore_pad_token_for_loss: false does", () => {
    const batch = collate([row(5, 3)], { padId: 99, multipleOf: 4, labelPadId: 99 });
    expect([...batch.labels]).toEqual([5, 5, 5, 99]);
  });

  it("keeps the masks and positions of packed rows", () => {
    const packed = {
      ...row(1, 3),
      attentionMask: Int32Array.of(1, 2, 0),
      positionIds: Int32Array.of(0, 0, 0),
    };
    const batch = collate([packed, row(2, 2)], { padId: 0, multipleOf: 1 });
    expect([...batch.attentionMask]).toEqual([1, 2, 0, 1, 1, 0]);
    expect([...batch.positionIds!]).toEqual([0, 0, 0, 0, 1, 0]);
  });
});
