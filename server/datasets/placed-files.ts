/**
 * Files that arrived, put where they stay: converted, moved or copied; several of them into one folder, each under its own
 * name. It registers nothing.
 */
import { copyFile, mkdir, rename } from "node:fs/promises";
import path from "node:path";
import type { Addition, Incoming } from "@/server/contract/datasets";
import type { Plan } from "@/server/contract/plan-parts";
import { convertRows } from "./convert-rows";
import type { RowSource } from "./numbered-rows";

/** A file that was looked at. */
export interface ArrivedFile {
  facts: Incoming;
  /** Absolute path. */
  file: string;
  source: RowSource;
  /** Removes it once it is used, where it lies in a folder of ours and may be moved; else it is somebody's own and stays. */
  ours: (() => Promise<void>) | null;
}

export interface Placement {
  convert: Plan["convert"];
  /** Absolute; a file, or a folder where there are several. */
  target: string;
  /** Told how far it is and which rows were left out. */
  addition: Addition;
}

/** Reasons that are kept of rows that were left out. */
const SHOWN = 20;

/** @throws AppError dataset_malformed where a file that is converted breaks off */
export async function placeFiles(
  files: readonly ArrivedFile[],
  { convert, target, addition }: Placement,
): Promise<void> {
  const isFolder = files.length > 1;
  if (isFolder) await mkdir(target);
  const names = isFolder ? namesInFolder(files, convert ? ".jsonl" : null) : [""];
  const bytes = files.reduce((sum, { facts }) => sum + facts.bytes, 0);
  let rowsBefore = 0;
  let bytesBefore = 0;
  for (const [i, arrived] of files.entries()) {
    const { facts, source } = arrived;
    const place = path.join(target, names[i]!);
    const progress = (rows: number, share: number) => {
      addition.rows_done = rowsBefore + rows;
      addition.share = (bytesBefore + share * facts.bytes) / bytes;
    };
    if (convert) {
      await convertRows({
        source,
        convert,
        target: place,
        onProgress: progress,
        onSkipped(problem) {
          addition.skipped++;
          if (addition.first_skipped.length === SHOWN) return;
          const message = isFolder ? `${facts.name}: ${problem.message}` : problem.message;
          addition.first_skipped.push({ ...problem, message });
        },
      });
    } else {
      await (arrived.ours ? rename(arrived.file, place) : copyFile(arrived.file, place));
      progress(source.rows, 1);
    }
    rowsBefore = addition.rows_done;
    bytesBefore += facts.bytes;
  }
}

/** A name for each file in a folder: its own, or with a number where another has it already. */
function namesInFolder(files: readonly ArrivedFile[], kind: string | null): string[] {
  const taken = new Set<string>();
  return files.map(({ facts }) => {
    const { name, ext } = path.parse(facts.name);
    for (let i = 1; ; i++) {
      const candidate = `${i === 1 ? name : `${name}_${i}`}${kind ?? ext.toLowerCase()}`;
      if (taken.has(candidate.toLowerCase())) continue;
      taken.add(candidate.toLowerCase());
      return candidate;
    }
  });
}
