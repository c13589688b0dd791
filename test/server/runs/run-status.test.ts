import { describe, expect, it } from "vitest";
import { freshRecord, type RunRecord } from "@/server/runs/run-record";
import { deriveStatus, type StatusFacts } from "@/server/runs/run-status";

const at = "2026-11-24T06:00:00Z";
const record = (change: Partial<RunRecord> = {}) =>
  freshRecord({
    id: "abcdef",
    engine: "embedded",
    created_at: at,
    process: { pid: 1, identity: "x" },
    ...change,
  });
const exit = (code: number | null, signal: string | null = null) => ({
  code,
  signal,
  at,
  out_of_memory: false,
});

const status = (facts: Partial<StatusFacts>) =>
  deriveStatus({
    record: record(),
    alive: false,
    summaryWritten: false,
    step: 3,
    totalSteps: 10,
    resultsWritten: () => false,
    endsInError: () => false,
    quietSeconds: () => 1e6,
    ...facts,
  });

describe("the status of a console's run", () => {
  it.each<[string, Partial<StatusFacts>, string]>([
    ["waits", { record: record({ process: null, queued_at: at }) }, "queued"],
    ["trains", { alive: true }, "running"],
    [
      "was asked to stop and still works",
      { alive: true, record: record({ stop_requested_at: at }) },
      "stopping",
    ],
    [
      "came to its last step",
      { summaryWritten: true, step: 10, record: record({ exit: exit(0) }) },
      "finished",
    ],
    ["came to its last step while no console ran", { summaryWritten: true, step: 10 }, "finished"],
    [
      "was stopped",
      { summaryWritten: true, record: record({ stop_requested_at: at, exit: exit(0) }) },
      "stopped",
    ],
    [
      "was stopped by a kill",
      { record: record({ stop_requested_at: at, exit: exit(null, "SIGKILL") }) },
      "stopped",
    ],
    [
      "was asked to stop during its last step",
      { summaryWritten: true, step: 10, record: record({ stop_requested_at: at, exit: exit(0) }) },
      "finished",
    ],
    [
      "saved and left on a signal from a terminal",
      { summaryWritten: true, record: record({ exit: exit(0) }) },
      "stopped",
    ],
    ["ended with an error", { record: record({ exit: exit(1) }) }, "failed"],
    [
      "crashed after its last step",
      { summaryWritten: true, step: 10, record: record({ exit: exit(1) }) },
      "failed",
    ],
    ["was killed by hand", { record: record({ exit: exit(null, "SIGKILL") }) }, "interrupted"],
    ["was killed by hand below a shell", { record: record({ exit: exit(137) }) }, "interrupted"],
    [
      "was killed for memory",
      { record: record({ exit: { ...exit(null, "SIGKILL"), out_of_memory: true } }) },
      "failed",
    ],
    ["fell with the machine", { record: record({ exit: exit(null, "SIGTERM") }) }, "interrupted"],
    ["died unseen", {}, "interrupted"],
    ["died unseen after naming an error", { endsInError: () => true }, "failed"],
    [
      "only evaluated",
      { record: record({ exit: exit(0) }), resultsWritten: () => true, step: 0, totalSteps: 0 },
      "finished",
    ],
  ])("is right for one that %s", (_name, facts, expected) => {
    expect(status(facts)).toBe(expected);
  });
});

describe("the status of a folder made elsewhere", () => {
  it.each<[string, Partial<StatusFacts>, string]>([
    ["holds a whole training", { summaryWritten: true, step: 10 }, "finished"],
    ["grows right now", { quietSeconds: () => 5 }, "running"],
    ["holds a training that was stopped", { summaryWritten: true }, "stopped"],
    ["holds results without a log", { resultsWritten: () => true, step: 0, totalSteps: 0 }, "finished"],
    ["was left in the middle", {}, "interrupted"],
    ["ends with an error", { endsInError: () => true }, "failed"],
  ])("is right for one that %s", (_name, facts, expected) => {
    expect(status({ record: null, ...facts })).toBe(expected);
  });
});
