import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { RunCatalog } from "@/server/runs/run-catalog";
import { ARGS_FILE } from "@/server/runs/run-files";
import { freshRecord, writeRecord } from "@/server/runs/run-record";

const home = mkdtempSync(path.join(tmpdir(), "tuneboard-test-"));

afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

describe("the catalog of runs", () => {
  it("has one run for a folder that a scan finds while it is being made", async () => {
    const catalog = new RunCatalog(home, { replace: () => Promise.resolve() });
    const folder = path.join(home, "saves", "tiny", "lora", "new");
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, ARGS_FILE), "stage: sft\n");
    catalog.scan();
    const [found] = catalog.all();
    writeRecord(
      folder,
      freshRecord({ id: "0123456789ab", engine: "embedded", created_at: new Date().toISOString() }),
    );

    expect(catalog.add(folder)).toBe(found);
    expect(catalog.all()).toHaveLength(1);
    expect(catalog.get("0123456789ab")).toBe(found);
    await catalog.flush();
  });
});
