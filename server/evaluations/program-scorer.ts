/** Scores predictions by `tuneboard score` in a process of its own: the console knows no measures. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AppError } from "@/server/contract/errors";
import type { Scorer } from "./predictions";

const run = promisify(execFile);

/** @param program node, and the words before the verb */
export function programScorer(file: string, before: readonly string[]): Scorer {
  return async (folder) => {
    try {
      await run(file, [...before, "score", folder], {
        env: { ...process.env, TUNEBOARD_BUILT: "1" },
        windowsHide: true,
      });
    } catch (error) {
      const said = String((error as { stderr?: string }).stderr ?? "").trim();
      throw new AppError(
        "engine_failed",
        `The predictions could not be scored: ${said || (error as Error).message}`,
      );
    }
  };
}
