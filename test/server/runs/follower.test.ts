import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Follower } from "@/server/runs/follower";
import { Run } from "@/server/runs/run";
import { ARGS_FILE, METRICS_FILE } from "@/server/runs/run-files";

const nothing = () => undefined;
let home: string;
let folder: string;
let told: string[];
let follower: Follower;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  home = mkdtempSync(path.join(tmpdir(), "tuneboard-test-"));
  folder = path.join(home, "saves", "tiny", "lora", "going");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, ARGS_FILE), "stage: sft\n");
  told = [];
  follower = new Follower(
    {
      status: ({ status, step }) => told.push(`${status} ${step}`),
      metrics: nothing,
      log: nothing,
      removed: nothing,
      queue: nothing,
    },
    nothing,
  );
});

afterEach(() => {
  follower.close();
  vi.useRealTimers();
  rmSync(home, { recursive: true, force: true });
});

function log(run: Run, step: number, more: object = { loss: 1 }) {
  appendFileSync(
    path.join(folder, METRICS_FILE),
    `${JSON.stringify({ current_steps: step, total_steps: 5, ...more })}\n`,
  );
  follower.look(run);
}

describe("what the list hears of a run that is going", () => {
  it("is how far it is, once for many lines, and at once that it has ended", () => {
    const run = new Run(folder, home);
    follower.follow(run, "active");
    expect(told).toEqual(["running 0"]);
    for (const step of [1, 2, 3]) log(run, step);
    expect(told).toEqual(["running 0"]);
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual(["running 0", "running 3"]);
    log(run, 4);
    log(run, 5, {});
    expect(told).toEqual(["running 0", "running 3", "finished 5"]);
    vi.advanceTimersByTime(5_000);
    expect(told).toHaveLength(3);
  });

  it("is every line of it while somebody looks at the run", () => {
    const run = new Run(folder, home);
    follower.follow(run, "active");
    follower.follow(run, "viewer");
    for (const step of [1, 2]) log(run, step);
    expect(told).toEqual(["running 0", "running 1", "running 2"]);
  });
});
