/** Makes the runs of a sweep: every combination checked before the first folder is made, all queued as one group. */
import { randomBytes } from "node:crypto";
import type { CreateRun } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import { MAX_SWEEP_RUNS, sweepGrid, sweepRunName, type CreateSweep } from "@/server/contract/sweep";

export interface SweepRun {
  request: CreateRun;
  values: Record<string, number>;
  sweep: { id: string; name: string; values: Record<string, number> };
}

/** The runs that a sweep consists of, in the order in which they train. @throws AppError invalid_request */
export function sweepRuns({ axes, ...request }: CreateSweep): SweepRun[] {
  const grid = sweepGrid(axes);
  if (new Set(axes.map(({ argument }) => argument)).size < axes.length)
    throw new AppError("invalid_request", "Both axes go over the same argument. Choose two different ones.");
  if (grid.length > MAX_SWEEP_RUNS)
    throw new AppError(
      "invalid_request",
      `${grid.length} runs are too many at once; at most ${MAX_SWEEP_RUNS}.`,
    );
  const id = randomBytes(4).toString("hex");
  const name = request.name ?? `sweep-${id}`;
  return grid.map((values) => ({
    values,
    sweep: { id, name, values },
    request: {
      ...request,
      name: sweepRunName(name, values),
      config: { ...request.config, output_dir: null, ...values },
    },
  }));
}
