/**
 * The embedding lookup outside of the graph: rows of a table that is kept in bfloat16 where that loses nothing (as most
 * published models are), at half of the memory. It knows neither tokens nor graphs.
 */

export interface EmbeddingTable {
  /** Rows of `ids`, the first of which stands at `position`, one after the other: [ids, width] float32 into `out`. */
  lookUp(ids: readonly number[], position: number, out: Float32Array): void;
}

/**
 * @param table [rows, width] float32
 * @param options `scale` multiplies every row; `positions` [count, width] are added by position, null where there are none
 */
export function createEmbeddingTable(
  table: Float32Array,
  { width, scale, positions }: { width: number; scale: number; positions: Float32Array | null },
): EmbeddingTable {
  const halves = toExactBfloat16(table);
  const row = new Uint32Array(width);
  const widened = new Float32Array(row.buffer);
  return {
    lookUp(ids, position, out) {
      for (const [i, id] of ids.entries()) {
        const start = id * width;
        if (halves) {
          for (let j = 0; j < width; j++) row[j] = halves[start + j]! << 16;
          out.set(widened, i * width);
        } else out.set(table.subarray(start, start + width), i * width);
      }
      if (scale !== 1) for (let i = 0; i < ids.length * width; i++) out[i]! *= scale;
      if (!positions) return;
      for (let i = 0, at = position * width; i < ids.length * width; i++) out[i]! += positions[at + i]!;
    },
  };
}

/** The upper halves of float32 values; null where a lower half is not zero. */
function toExactBfloat16(values: Float32Array): Uint16Array | null {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    if ((bits[i]! & 0xffff) !== 0) return null;
    halves[i] = bits[i]! >>> 16;
  }
  return halves;
}
