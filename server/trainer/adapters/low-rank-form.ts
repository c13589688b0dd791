/** Adapters that only add low-rank products to linears, as plain LoRAs on the base as it is in its file. */
import type { Adapter, LoraLinear } from "./adapter";
import { convertedLora } from "./pissa";

/**
 * The linears of an adapter as plain LoRAs.
 * @returns null where it does more to the model than that: DoRA's lengths, OFT's rotations, modules trained whole
 */
export function lowRankForm({ linears, saved }: Adapter): LoraLinear[] | null {
  const plain = linears.filter(
    (linear): linear is LoraLinear => linear.kind === "lora" && linear.magnitude === null,
  );
  return saved.size === 0 && plain.length === linears.length ? plain.map(convertedLora) : null;
}
