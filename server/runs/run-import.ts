/**
 * Takes up a run folder that lies anywhere on this machine: says what is in it and what would happen, then copies it
 * below saves/ or leaves it where it is. It changes nothing in the folder that it reads.
 */
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { existsSync, realpathSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { folderNameFrom } from "@/server/contract/plain-name";
import type { ImportPreview, ImportRun } from "@/server/contract/run-changes";
import { diskFullError, freeBytes, isDiskFull } from "@/server/disk/disk-space";
import { slashedPath } from "@/server/disk/paths";
import { Run } from "./run";
import { bytesOf, checkpointFolders, isRunFolder, namesIn, RUN_SOURCES } from "./run-files";
import { RECORD_FILE } from "./run-record";
import { summarize } from "./run-summary";

/** What must stay free when a copy is done. */
const DISK_FLOOR_BYTES = 500e6;

/** Where an import may go wrong and what it would do; makes nothing. */
export async function previewImport(
  request: Pick<ImportRun, "path" | "checkpoints">,
  { home, saves }: { home: string; saves: string },
): Promise<ImportPreview> {
  const folder = folderOf(request.path, home);
  const empty = { run: null, sources: [], files: 0, bytes: 0, checkpoint_bytes: 0, target: "" };
  const base = { path: folder, disk_free_bytes: await freeBytes(home) };
  const problem = folderProblem(folder, saves);
  if (problem !== null) return { ...base, ...empty, problem };
  const run = new Run(folder, home, true);
  const bytes = bytesOf(folder);
  const inCheckpoints = checkpointFolders(folder).reduce(
    (sum, { name }) => sum + bytesOf(path.join(folder, name)),
    0,
  );
  const copied = request.checkpoints ? bytes : bytes - inCheckpoints;
  return {
    ...base,
    problem:
      copied + DISK_FLOOR_BYTES > base.disk_free_bytes
        ? "There is not enough room on this disk for a copy. Leave it in place, or leave the checkpoints out."
        : null,
    run: summarize(run),
    sources: RUN_SOURCES.filter((name) => namesIn(folder).includes(name)),
    files: filesIn(folder),
    bytes,
    checkpoint_bytes: inCheckpoints,
    target: slashedPath(home, freeTarget(run, saves)),
  };
}

/**
 * Copies a folder below saves/, complete or not at all.
 * @returns the copy's absolute path
 * @throws AppError invalid_request, disk_full
 */
export async function copyRunFolder(
  request: ImportRun,
  { home, saves }: { home: string; saves: string },
): Promise<string> {
  const preview = await previewImport(request, { home, saves });
  if (preview.problem !== null) throw new AppError("invalid_request", preview.problem);
  const target = path.resolve(home, preview.target);
  const partial = path.join(path.dirname(target), `.importing-${path.basename(target)}`);
  await mkdir(path.dirname(target), { recursive: true });
  try {
    await cp(preview.path, partial, {
      recursive: true,
      preserveTimestamps: true,
      filter: (source) => {
        const name = path.relative(preview.path, source);
        // The copy becomes a run of its own, with an id of its own.
        if (name === RECORD_FILE) return false;
        return request.checkpoints || !/^checkpoint-\d+/.test(name);
      },
    });
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (isDiskFull(error)) throw diskFullError(target, error);
    throw error;
  }
  return target;
}

/** A typed path as an absolute one. */
export function folderOf(typed: string, home: string): string {
  const expanded = typed.replace(/^~(?=$|[\\/])/, os.homedir()).replace(/^["']|["']$/g, "");
  return path.resolve(home, expanded);
}

/** Why a folder cannot be imported; null where it can. */
export function folderProblem(folder: string, saves: string): string | null {
  if (!existsSync(folder)) return `There is no folder at ${folder}.`;
  if (!statSync(folder).isDirectory()) return `${folder} is a file. Choose the folder that it lies in.`;
  const real = realpathSync(folder);
  if (existsSync(saves) && (real + path.sep).startsWith(realpathSync(saves) + path.sep))
    return `${folder} lies in the saves folder: its runs are in the list already.`;
  if (isRunFolder(folder)) return null;
  const below = namesIn(folder).filter((name) => isRunFolder(path.join(folder, name)));
  return below.length > 0
    ? `${folder} is no run itself; its folders are: ${below.slice(0, 5).join(", ")}. Import them one by one.`
    : `${folder} holds none of ${RUN_SOURCES.join(", ")}: it is not the folder of a run.`;
}

function filesIn(folder: string): number {
  return namesIn(folder).reduce((sum, name) => {
    const child = path.join(folder, name);
    try {
      return sum + (statSync(child).isDirectory() ? filesIn(child) : 1);
    } catch {
      return sum;
    }
  }, 0);
}

/** saves/<model>/<method>/<name>, with a number behind where that is taken. */
function freeTarget(run: Run, saves: string): string {
  const plain = (text: string) => folderNameFrom(text).replace(/^[._-]+/, "") || "imported";
  const { model, method } = summarize(run);
  const base = path.join(saves, plain(path.basename(model)), plain(method), plain(path.basename(run.folder)));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? base : `${base}-${n}`;
    if (!existsSync(candidate)) return candidate;
  }
}
