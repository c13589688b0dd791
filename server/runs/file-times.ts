/** When files changed last. */
import { statSync } from "node:fs";

/** Milliseconds of the last change, null where there is no such file. */
export function modifiedAt(target: string): number | null {
  // Asked thousands of times: an exception for each missing file would cost more than all the rest.
  return statSync(target, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
