/**
 * A run's status from what its folder, its record and its process say. Pure: no files, no clock, no processes.
 */
import type { RunStatus } from "@/server/contract/run";
import type { RunRecord } from "./run-record";

export interface StatusFacts {
  record: RunRecord | null;
  /** Whether the process that the record names still runs. */
  alive: boolean;
  /** trainer_log.jsonl got lines in the present session, and the last one is the summary that ends a training. */
  summaryWritten: boolean;
  step: number;
  totalSteps: number;
  /** all_results.json or final weights are there. */
  resultsWritten: () => boolean;
  /** The last thing that the program wrote names an error. */
  endsInError: () => boolean;
  /** Seconds since the folder's logs last changed. */
  quietSeconds: () => number;
}

/**
 * Signals that come from outside, not from a fault of the program: a terminal or machine that shuts down, and SIGKILL
 * from a person (the system's, for want of memory, is told apart where the system counts them).
 */
const OUTSIDE = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGKILL"];
/** The same as a shell or torchrun between us and the program reports it. */
const KILLED_CODE = 137;
/** A folder without a record whose logs changed this recently is being trained by somebody else. */
const BUSY_SECONDS = 60;

/** The rules, from what is surest to what is inferred. */
export function deriveStatus(facts: StatusFacts): RunStatus {
  const { record, alive, summaryWritten, step, totalSteps } = facts;
  const complete = summaryWritten && step >= totalSteps;
  if (!record) return statusOfForeignFolder(facts, complete);
  if (record.queued_at) return "queued";
  if (alive) return record.stop_requested_at ? "stopping" : "running";

  const { exit } = record;
  if (exit && exit.code !== 0 && !record.stop_requested_at) {
    if (exit.out_of_memory) return "failed";
    if ((exit.signal && OUTSIDE.includes(exit.signal)) || exit.code === KILLED_CODE) return "interrupted";
    return "failed";
  }
  if (complete) return "finished";
  if (record.stop_requested_at || summaryWritten) return "stopped";
  // It says that all went well, and left nothing.
  if (exit) return facts.resultsWritten() ? "finished" : "failed";
  return facts.endsInError() ? "failed" : "interrupted";
}

function statusOfForeignFolder(facts: StatusFacts, complete: boolean): RunStatus {
  if (complete) return "finished";
  if (facts.quietSeconds() < BUSY_SECONDS) return "running";
  if (facts.summaryWritten) return "stopped";
  if (facts.resultsWritten() && facts.totalSteps === facts.step) return "finished";
  return facts.endsInError() ? "failed" : "interrupted";
}
