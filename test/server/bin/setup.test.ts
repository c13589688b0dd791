/** What `npm start` does before the console: Node's age, the command from any folder. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { repository } from "../console/test-console";

interface SetUpModule {
  checkNode(version?: string): void;
  setUp(options: { build?: boolean; pages?: boolean; log: (line: string) => void }): Promise<void>;
}
const setup = (await import(path.join(repository, "server", "bin", "setup.mjs"))) as SetUpModule;
const run = promisify(execFile);

describe("the set-up", () => {
  it("takes Node 20.19 and newer, and says what is wrong with an older one", () => {
    for (const version of ["20.19.0", "20.20.2", "22.0.0", "24.1.0"])
      expect(() => setup.checkNode(version)).not.toThrow();
    for (const version of ["18.20.4", "20.18.3", "16.0.0"])
      expect(() => setup.checkNode(version)).toThrow(`this is Node ${version}`);
  });

  it("does nothing the second time", async () => {
    await setup.setUp({ pages: false, log: () => undefined });
    const lines: string[] = [];
    const started = performance.now();
    await setup.setUp({ pages: false, log: (line) => lines.push(line) });
    expect(lines).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("the tuneboard command", () => {
  it("runs from any working directory and leaves nothing there", async () => {
    const elsewhere = await mkdtemp(path.join(os.tmpdir(), "tuneboard-elsewhere-"));
    try {
      const { stdout } = await run(
        process.execPath,
        [path.join(repository, "server", "bin", "tuneboard.mjs"), "version"],
        { cwd: elsewhere },
      );
      expect(stdout.trim()).toMatch(/\d+\.\d+\.\d+/);

      expect(await readdir(elsewhere)).toEqual([]);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });
});
