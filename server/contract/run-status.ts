/** How a run stands, in words that every part of the console shares. It knows no schema, so pages may have it at once. */

export const RUN_STATUSES = [
  "queued",
  "running",
  "stopping",
  "finished",
  "stopped",
  "failed",
  "interrupted",
] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const RUN_PHASES = ["start", "load", "tokenize", "train", "evaluate", "save"] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

/** Whether a status is final until somebody resumes the run. */
export function isEnded(status: RunStatus): boolean {
  return status === "finished" || status === "stopped" || status === "failed" || status === "interrupted";
}
