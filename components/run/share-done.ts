/** How far a run is. */
import type { RunSummary } from "@/server/contract/run";

/** Share of its steps that a run has done, 0 to 1; 0 while nobody knows how many there will be. */
export function shareDone({ step, total_steps }: Pick<RunSummary, "step" | "total_steps">): number {
  return total_steps > 0 ? step / total_steps : 0;
}
