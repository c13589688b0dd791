/** The program that makes tokens of rows, as the console runs it: warm, restarted after death, ended with the console. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodingSchema } from "@/server/contract/datasets";
import { PreviewProcess } from "@/server/datasets/preview-process";

let folder: string;
let preview: PreviewProcess;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "preview-process-"));
});
afterEach(() => {
  preview.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers with its process's number as a length; the model "die" ends it, "refuse" is refused. */
const PROGRAM = `
import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { id, encoding } = JSON.parse(line);
  if (encoding.model_name_or_path === "die") { console.error("It died."); process.exit(3); }
  const error = encoding.model_name_or_path === "refuse" ? "No such model." : undefined;
  console.log(JSON.stringify({ id, lengths: [process.pid], error }));
}`;

function opened(file = process.execPath): PreviewProcess {
  const program = path.join(folder, "program.mjs");
  writeFileSync(program, PROGRAM);
  return new PreviewProcess({ file, args: [program], env: {}, cwd: folder });
}

const ask = async (model: string) => {
  const encoding = encodingSchema.parse({ model_name_or_path: model });
  const reply = await preview.ask({ kind: "lengths", encoding, name: "x", entry: {}, offset: 0, rows: [] });
  return reply.lengths![0]!;
};

describe("the preview program", () => {
  it("is started once for many questions, and anew after it died", async () => {
    preview = opened();
    const [first, second] = await Promise.all([ask("a"), ask("b")]);
    expect(first).toBe(second);
    await expect(ask("refuse")).rejects.toThrow("No such model.");
    await expect(ask("die")).rejects.toThrow("It died.");
    expect(await ask("a")).not.toBe(first);
  });

  it("says when it cannot be started", async () => {
    preview = opened(path.join(folder, "nowhere"));
    await expect(ask("a")).rejects.toThrow(/could not be started/);
  });

  it("leaves when it is closed", async () => {
    preview = opened();
    const pid = await ask("a");
    preview.close();
    await expect
      .poll(() => {
        try {
          return process.kill(pid, 0);
        } catch {
          return false;
        }
      })
      .toBe(false);
  });
});
