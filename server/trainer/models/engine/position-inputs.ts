/** What a batch's blocks share: attention masks by window and rotary tables, as graph inputs. */
import type { HostTensor } from "../../executor/executor";
import { attentionBias } from "../../nn/attention-mask";
import { ropeTables } from "../../nn/rope";
import type { Decoder } from "../family";
import type { LaidOutBatch } from "./batch-layout";

export interface PositionInputs {
  /** [B or 1, 1, 1, T, T] */
  mask(window: number | null): HostTensor;
  /** [B or 1, 1, T, R] */
  rope(key: string): { cos: HostTensor; sin: HostTensor };
  /** Rows of the masks and of the tables: they shape the graphs. */
  readonly maskRows: number;
  readonly ropeRows: number;
}

export function positionInputs(decoder: Decoder, batch: LaidOutBatch): PositionInputs {
  const { B, T, positions, attentionMask, masksPadding } = batch;
  const masks = new Map<number | null, HostTensor>();
  for (const { window } of decoder.layers) {
    if (masks.has(window)) continue;
    const { data, shape } = attentionBias({ rows: B, length: T, attentionMask, masksPadding, window });
    masks.set(window, { data, shape, dtype: "float32" });
  }
  const ropeRows = positions.length / T;
  const ropes = new Map(
    Object.entries(decoder.ropes).map(([key, settings]) => {
      const { cos, sin } = ropeTables(settings, positions, decoder.ropeLayout);
      const shape = [ropeRows, 1, T, settings.dimensions];
      return [
        key,
        { cos: { data: cos, shape, dtype: "float32" }, sin: { data: sin, shape, dtype: "float32" } },
      ] as const;
    }),
  );
  return {
    mask: (window) => masks.get(window)!,
    rope: (key) => ropes.get(key)!,
    maskRows: masks.values().next().value!.shape[0]!,
    ropeRows,
  };
}
