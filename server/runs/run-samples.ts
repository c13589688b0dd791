/** What a run's samples.jsonl holds: the same questions answered at every checkpoint. Reads; writes nothing. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { parseSamples, type Sample, SAMPLES_FILE } from "@/server/contract/samples";

/** A file that a person put there, or a run of a year: more than a page can show. */
const LARGEST_BYTES = 32e6;

/** All answers by step; none where the run asked nothing. @throws AppError unsupported where there are too many to show */
export function readSamples(folder: string): Sample[] {
  const file = path.join(folder, SAMPLES_FILE);
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > LARGEST_BYTES)
    throw new AppError(
      "unsupported",
      `${SAMPLES_FILE} holds ${Math.round(bytes / 1e6)} MB: too much for a page.`,
    );
  return bytes === 0 ? [] : parseSamples(readFileSync(file, "utf8"));
}
