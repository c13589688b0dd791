/**
 * The names that a server answers to: "base", and one for each adapter, taken from its folder. A run's checkpoints are
 * named "<run>/checkpoint-N". It reads folder listings, never weights.
 */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { ADAPTER_CONFIG_FILE } from "../adapters/peft-files";

export const BASE_MODEL = "base";

export interface ServedModel {
  readonly name: string;
  /** Folder of the adapter; null for the base. */
  readonly adapterPath: string | null;
  /** Unix seconds. */
  readonly created: number;
}

export interface ServedModels {
  list(): ServedModel[];
  find(name: string): ServedModel | undefined;
  /**
   * The folder with links resolved, where an adapter may be added from it.
   * @throws AppError forbidden outside of the allowed roots; not_found where the folder holds no adapter
   */
  allowedAdapter(adapterPath: string): string;
  /** Serves an adapter under a name, or gives a known name another one. @throws AppError invalid_request for the base's */
  add(name: string, adapterPath: string): ServedModel;
}

export interface ServedModelsOptions {
  readonly adapters: readonly string[];
  /** Folders below which adapters may be added; null: they may come from anywhere. */
  readonly roots: readonly string[] | null;
}

/** @throws AppError not_found for an adapter path that holds neither an adapter nor checkpoints with one */
export function createServedModels({ adapters, roots }: ServedModelsOptions): ServedModels {
  const created = Math.floor(Date.now() / 1000);
  const served = new Map<string, ServedModel>([
    [BASE_MODEL, { name: BASE_MODEL, adapterPath: null, created }],
  ]);
  for (const folder of adapters) {
    for (const found of adaptersOf(folder)) {
      const name = freeName(served, found);
      served.set(name, { name, adapterPath: found.path, created });
    }
  }
  return {
    list: () => [...served.values()],
    find: (name) => served.get(name),
    allowedAdapter: (adapterPath) => allowedFolder(adapterPath, roots),
    add(name, adapterPath) {
      if (name === BASE_MODEL) {
        throw new AppError("invalid_request", `lora_name: "${BASE_MODEL}" is the base model's own name.`);
      }
      const model = { name, adapterPath, created: Math.floor(Date.now() / 1000) };
      served.set(name, model);
      return model;
    },
  };
}

interface FoundAdapter {
  readonly name: string;
  readonly path: string;
}

/** The folder's own adapter, then those of its checkpoints in order. */
function adaptersOf(folder: string): FoundAdapter[] {
  const absolute = path.resolve(folder);
  const run = path.basename(absolute);
  const found: FoundAdapter[] = holdsAdapter(absolute) ? [{ name: run, path: absolute }] : [];
  for (const checkpoint of checkpointsOf(absolute)) {
    const inside = path.join(absolute, checkpoint);
    if (holdsAdapter(inside)) found.push({ name: `${run}/${checkpoint}`, path: inside });
  }
  if (found.length > 0) return found;
  throw new AppError(
    "not_found",
    `adapter_name_or_path: ${folder} holds no adapter (no ${ADAPTER_CONFIG_FILE} there or in its checkpoints). Give a LoRA run's folder.`,
  );
}

function holdsAdapter(folder: string): boolean {
  return existsSync(path.join(folder, ADAPTER_CONFIG_FILE));
}

function checkpointsOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const step = (name: string) => Number(name.slice("checkpoint-".length));
  return readdirSync(folder)
    .filter((name) => /^checkpoint-\d+$/.test(name))
    .sort((a, b) => step(a) - step(b));
}

/** Two folders of the same name are told apart by what is before it in their paths. */
function freeName(served: ReadonlyMap<string, ServedModel>, { name, path: folder }: FoundAdapter): string {
  let free = name;
  let parent = path.dirname(name.includes("/") ? path.dirname(folder) : folder);
  while (served.has(free)) {
    free = `${path.basename(parent) || "adapter"}/${free}`;
    parent = path.dirname(parent);
  }
  return free;
}

/** Links are resolved, so that none can lead out of the roots. */
function allowedFolder(adapterPath: string, roots: readonly string[] | null): string {
  const real = existsSync(adapterPath) ? realpathSync(adapterPath) : null;
  const inRoots = (folder: string) =>
    roots!.some((root) => existsSync(root) && isInside(folder, realpathSync(root)));
  if (roots !== null && (real === null || !inRoots(real))) {
    // Outside of the roots, whether a folder exists is nobody's business.
    throw new AppError(
      "forbidden",
      `${adapterPath} is not a folder below one of adapter_roots (${roots.join(", ") || "none are set"}).`,
    );
  }
  if (real === null || !holdsAdapter(real)) {
    throw new AppError("not_found", `${adapterPath} holds no adapter (no ${ADAPTER_CONFIG_FILE}).`);
  }
  return real;
}

function isInside(folder: string, root: string): boolean {
  const relative = path.relative(root, folder);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
