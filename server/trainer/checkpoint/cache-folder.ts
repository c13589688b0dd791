/**
 * What can be made again is kept between runs in folders of one kind each: below `cache_dir`, or where this system keeps
 * such things. The user may look into them and delete them at any time.
 */
import { readdir, rm, stat, utimes } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { TrainConfig } from "../../contract/train-config";

/** @param baseDir what a relative `cache_dir` starts from */
export function cacheFolder(
  kind: "tokenized" | "quantized",
  { cache_dir }: Pick<TrainConfig, "cache_dir">,
  baseDir: string,
): string {
  return path.join(cache_dir === undefined ? userCacheFolder() : path.resolve(baseDir, cache_dir), kind);
}

function userCacheFolder(): string {
  const { env, platform } = process;
  const home = os.homedir();
  if (platform === "win32")
    return path.join(env["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local"), "tuneboard");
  if (platform === "darwin") return path.join(home, "Library", "Caches", "tuneboard");
  return path.join(env["XDG_CACHE_HOME"] ?? path.join(home, ".cache"), "tuneboard");
}

/** Notes that an entry, a file or a folder, was used now; where that cannot be noted it only goes sooner. */
export async function markUsed(entry: string): Promise<void> {
  const now = new Date();
  await utimes(entry, now, now).catch(() => undefined);
}

/** Keeps the `count` entries that were used last, of those whose names end with `suffix`. */
export async function removeOldest(folder: string, count: number, suffix = ""): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(suffix));
  const entries = await Promise.all(
    names.map(async (name) => {
      const entry = path.join(folder, name);
      return { entry, used: (await stat(entry)).mtimeMs };
    }),
  );
  entries.sort((a, b) => b.used - a.used);
  for (const { entry } of entries.slice(count)) await rm(entry, { recursive: true, force: true });
}
