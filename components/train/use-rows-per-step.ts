/** How many rows a step takes, as the form stands. */
import { useWatch } from "react-hook-form";
import { numberOrText } from "./field-text";
import type { TrainForm } from "./form-defaults";

/** Batch size × accumulation; null while one of them is no number. */
export function useRowsPerStep(): number | null {
  const [batch, accumulation] = useWatch<
    TrainForm,
    ["per_device_train_batch_size", "gradient_accumulation_steps"]
  >({
    name: ["per_device_train_batch_size", "gradient_accumulation_steps"],
  });
  const rows = Number(numberOrText(batch)) * Number(numberOrText(accumulation));
  return Number.isFinite(rows) && rows > 0 ? rows : null;
}
