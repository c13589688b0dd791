import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Follower } from "@/server/runs/follower";
import { RunCatalog } from "@/server/runs/run-catalog";
import { ARGS_FILE, METRICS_FILE } from "@/server/runs/run-files";
import { RunScan } from "@/server/runs/run-scan";

const home = mkdtempSync(path.join(tmpdir(), "tuneboard-test-"));
const nothing = () => undefined;

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

describe("the scan of the folders", () => {
  it("tells the followers of a run what it has read of it", async () => {
    const folder = path.join(home, "saves", "tiny", "lora", "new");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, ARGS_FILE), "stage: sft\n");
    const catalog = new RunCatalog(home, { replace: () => Promise.resolve() });
    const steps: number[] = [];
    const follower = new Follower(
      {
        status: nothing,
        metrics: ({ points }) => steps.push(...points.map((point) => point.current_steps)),
        log: nothing,
        removed: nothing,
        queue: nothing,
      },
      nothing,
    );
    follower.follow(catalog.add(folder), "viewer");

    appendFileSync(
      path.join(folder, METRICS_FILE),
      `${JSON.stringify({ current_steps: 1, total_steps: 2, loss: 3 })}\n`,
    );
    new RunScan(catalog, follower, nothing).look();
    expect(steps).toEqual([1]);
    follower.close();
    await catalog.flush();
  });
});
