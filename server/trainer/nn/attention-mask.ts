/** Additive attention masks, built outside of the graph from a batch's attention_mask. */

/** Far below any score, far above where float32 sums overflow: a row that sees nothing stays finite. */
const HIDDEN = -1e9;

export interface MaskRequest {
  readonly rows: number;
  readonly length: number;
  /** [rows * length]: 0 padding; equal numbers see each other. */
  readonly attentionMask: Int32Array;
  /** How far back a token sees, itself included; null: to the start. */
  readonly window: number | null;
  /** Whether what stands at padding positions must be as in transformers: they see all tokens before them, no padding. */
  readonly masksPadding?: boolean;
}

/** [1 or rows, 1, 1, length, length]: 0 where a query (second to last axis) sees a key, a large negative number elsewhere. */
export function attentionBias(request: MaskRequest): { data: Float32Array; shape: number[] } {
  const { length, attentionMask, window, masksPadding } = request;
  const shared = sharesOneMask(request) && !(masksPadding && attentionMask.includes(0));
  const rows = shared ? 1 : request.rows;
  const data = new Float32Array(rows * length * length).fill(HIDDEN);
  for (let row = 0; row < rows; row++) {
    const sample = shared ? null : attentionMask.subarray(row * length, (row + 1) * length);
    for (let query = 0; query < length; query++) {
      const start = (row * length + query) * length;
      const oldest = window === null ? 0 : Math.max(0, query - window + 1);
      if (!sample) {
        data.fill(0, start + oldest, start + query + 1);
        continue;
      }
      for (let key = oldest; key <= query; key++) {
        if (sample[key] !== 0 && (sample[key] === sample[query] || (masksPadding && sample[query] === 0)))
          data[start + key] = 0;
      }
    }
  }
  return { data, shape: [rows, 1, 1, length, length] };
}

/**
 * Whether the plain causal mask serves every row: all tokens of a row belong together and padding comes after them,
 * where no token looks.
 */
function sharesOneMask({ rows, length, attentionMask }: MaskRequest): boolean {
  for (let row = 0; row < rows; row++) {
    const first = attentionMask[row * length]!;
    let padding = first === 0;
    for (let t = 1; t < length; t++) {
      const value = attentionMask[row * length + t]!;
      if (value === 0) padding = true;
      else if (padding || value !== first) return false;
    }
  }
  return true;
}
