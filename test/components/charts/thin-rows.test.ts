import { describe, expect, test } from "vitest";
import { thinRows } from "@/components/charts/thin-rows";

interface Row {
  x: number;
  y: number | null;
  marked?: boolean;
}

const options = { x: (row: Row) => row.x, series: [{ value: (row: Row) => row.y, slots: 50 }] };

describe("thinning rows for drawing", () => {
  const rows: Row[] = Array.from({ length: 10_000 }, (_, x) => ({ x, y: Math.sin(x / 100) }));
  rows[4321] = { x: 4321, y: 99 };
  rows[777] = { x: 777, y: -99 };
  rows[5000] = { x: 5000, y: null, marked: true };

  test("keeps extremes, both ends and what must stay, in order", () => {
    const thin = thinRows(rows, { ...options, keep: (row) => row.marked === true });
    expect(thin.length).toBeLessThan(110);
    for (const index of [0, 777, 4321, 5000, 9999]) expect(thin).toContain(rows[index]);
    expect(thin.map((row) => row.x)).toEqual(thin.map((row) => row.x).sort((a, b) => a - b));
  });

  test("keeps the extremes of every slot, so the drawn envelope is the whole one's", () => {
    const thin = new Set(thinRows(rows, options));
    for (let slot = 0; slot < 50; slot += 1) {
      const inSlot = rows.filter(
        (row) => Math.min(49, Math.floor(row.x / (9999 / 50))) === slot && row.y !== null,
      );
      const low = inSlot.reduce((a, b) => (b.y! < a.y! ? b : a));
      const high = inSlot.reduce((a, b) => (b.y! > a.y! ? b : a));
      expect(thin.has(low) && thin.has(high)).toBe(true);
    }
  });

  test("leaves short curves alone", () => {
    const short = rows.slice(0, 90);
    expect(thinRows(short, options)).toBe(short);
  });
});
