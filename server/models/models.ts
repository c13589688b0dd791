/**
 * The models that a run can start from: folders below models/, folders that runs left, and whatever path is typed.
 * Folders are looked at again only when their config.json changes. It knows no runs: their folders are handed in.
 */
import { mkdir, readdir, stat, symlink } from "node:fs/promises";
import path from "node:path";
import type { ModelSummary } from "@/server/contract/api";
import { EMBEDDED_FAMILIES } from "@/server/contract/embedded-families";
import { AppError } from "@/server/contract/errors";
import type { AdapterSummary, ModelRemoval } from "@/server/contract/model-folders";
import { slashedPath, typedPath } from "@/server/disk/paths";
import { findAdapters, readAdapterFolder } from "./adapter-folders";
import { knownTemplate } from "./known-models";
import { removeModelFolder } from "./model-removal";
import { modelShape } from "./model-shape";
import { isModelFolder, readModelFolder, type ModelFolderFacts } from "./model-folder-facts";

/** models/<name> and models/<org>/<name>. */
const DEEPEST = 2;
const STARTER = "starter";

export interface ModelsOptions {
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  /** Folders of full models that runs made, with a name for each. */
  runFolders: () => { name: string; folder: string }[];
  /** Folders of adapters that runs made. */
  runAdapters?: () => { id: string; name: string; folder: string }[];
  /** Why a model must not be deleted now, in words; null where nothing needs it. */
  neededBy?: (folder: string) => string | null;
}

export class Models {
  private readonly cache = new Map<string, { version: string; facts: Promise<ModelFolderFacts> }>();

  constructor(private readonly options: ModelsOptions) {}

  /** The starter first, then folders by name, then runs' models. */
  async list(): Promise<ModelSummary[]> {
    const base = path.join(this.options.home, "models");
    const folders = await findModels(base, DEEPEST);
    const own = await Promise.all(
      folders.map((folder) => {
        const name = slashedPath(base, folder);
        return this.summary(folder, name, name === STARTER ? "starter" : "folder");
      }),
    );
    own.sort(
      (a, b) =>
        Number(b.source === "starter") - Number(a.source === "starter") || a.name.localeCompare(b.name),
    );
    const made = await Promise.all(
      this.options
        .runFolders()
        .map(async ({ name, folder }) =>
          (await isModelFolder(folder)) ? this.summary(folder, name, "run") : null,
        ),
    );
    return [...own, ...made.filter((model) => model !== null)];
  }

  /** A folder that was typed, relative to the home folder or absolute; says what is wrong with it where something is. */
  async inspect(typed: string): Promise<ModelSummary> {
    const folder = this.resolve(typed);
    const base = path.join(this.options.home, "models");
    const inside = folder.startsWith(base + path.sep);
    const name = inside ? slashedPath(base, folder) : path.basename(folder);
    return this.summary(folder, name, !inside ? "typed" : name === STARTER ? "starter" : "folder");
  }

  /** Adapters below models/ and those of runs. */
  async adapters(): Promise<AdapterSummary[]> {
    const base = path.join(this.options.home, "models");
    const own = (await findAdapters(base, DEEPEST)).map((folder) => ({
      name: slashedPath(base, folder),
      folder,
      run_id: null,
    }));
    const made = (this.options.runAdapters?.() ?? []).map(({ id, name, folder }) => ({
      name,
      folder,
      run_id: id,
    }));
    const read = await Promise.all(
      [...own, ...made].map(async ({ name, folder, run_id }) => {
        const facts = await readAdapterFolder(folder);
        return facts && { name, path: typedPath(this.options.home, folder), run_id, ...facts };
      }),
    );
    return read.filter((adapter) => adapter !== null);
  }

  /** Links a folder that lies elsewhere into models/, so that it is listed. @throws AppError not_found, busy */
  async link(typed: string): Promise<ModelSummary> {
    const folder = this.resolve(typed);
    if (!(await isModelFolder(folder)))
      throw new AppError("not_found", `${typed} has no config.json, so it is not a model's folder.`);
    const name = path.basename(folder);
    const target = path.join(this.options.home, "models", name);
    if (path.dirname(folder) === path.dirname(target))
      throw new AppError("busy", `${name} lies in models/ already.`);
    await mkdir(path.dirname(target), { recursive: true });
    // A junction, because Windows lets nobody but administrators make other links.
    await symlink(folder, target, "junction").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST")
        throw new AppError("busy", `models/${name} is there already. Rename one of them.`);
      throw error;
    });
    return this.summary(target, name, "folder");
  }

  /** Deletes a folder below models/. @throws AppError forbidden, not_found, busy */
  async remove(typed: string, { dry }: { dry: boolean }): Promise<ModelRemoval> {
    const folder = this.resolve(typed);
    const base = path.join(this.options.home, "models");
    if (path.relative(base, folder) === STARTER)
      throw new AppError(
        "forbidden",
        "The starter comes with the console and would be back at its next start.",
      );
    const needed = this.options.neededBy?.(folder) ?? null;
    if (needed !== null && !dry) throw new AppError("busy", needed);
    return removeModelFolder(base, folder, { dry });
  }

  /** Size of a folder's weights, and a text that changes when they do. */
  async weights(folder: string): Promise<{ bytes: number; version: string }> {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".safetensors"));
    const stats = await Promise.all(names.map((name) => stat(path.join(folder, name))));
    return {
      bytes: stats.reduce((sum, { size }) => sum + size, 0),
      version: stats.map(({ mtimeMs, size }) => `${mtimeMs}:${size}`).join("|"),
    };
  }

  /** Absolute folder of what a configuration calls model_name_or_path. */
  resolve(typed: string): string {
    return path.resolve(this.options.home, typed.trim());
  }

  private async summary(folder: string, name: string, source: ModelSummary["source"]): Promise<ModelSummary> {
    const facts = await this.cachedFacts(folder);
    const { config } = facts;
    const family = config ? familyProblem(config.model_type, config.architectures ?? []) : null;
    const problem = facts.problem?.message ?? family;
    return {
      name,
      path: typedPath(this.options.home, folder),
      source,
      family: config?.model_type ?? null,
      parameters: facts.parameters,
      bytes: facts.bytes || null,
      dtype: facts.dtype,
      context_length: config?.max_position_embeddings ?? config?.n_positions ?? null,
      template: facts.template ?? knownTemplate(name),
      vocab_size: config?.vocab_size ?? null,
      license: facts.license,
      shape: modelShape(facts),
      health: facts.problem?.kind ?? (family ? "other_engine" : "ready"),
      supported: problem === null,
      problem,
    };
  }

  private async cachedFacts(folder: string): Promise<ModelFolderFacts> {
    const version = await versionOf(folder);
    const known = this.cache.get(folder);
    if (known?.version === version) return known.facts;
    const facts = readModelFolder(folder);
    this.cache.set(folder, { version, facts });
    return facts;
  }
}

function familyProblem(modelType: string | undefined, architectures: readonly string[]): string | null {
  const known = EMBEDDED_FAMILIES.some(({ modelType: type, architecture }) =>
    architectures.length > 0 ? architectures.includes(architecture) : type === modelType,
  );
  if (known) return null;
  const asked = architectures[0] ?? modelType ?? "unnamed";
  return `The embedded trainer has no ${asked}; it has ${EMBEDDED_FAMILIES.map(({ architecture }) => architecture).join(", ")}.`;
}

async function findModels(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries
    // Dot folders are drafts: a download or a copy that is not whole yet.
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
    .map((entry) => path.join(folder, entry.name));
  const found = await Promise.all(
    folders.map(async (child) =>
      (await isModelFolder(child)) ? [child] : depth > 1 ? findModels(child, depth - 1) : [],
    ),
  );
  return found.flat();
}

/** Changes when config.json or the list of files does. */
async function versionOf(folder: string): Promise<string> {
  const times = await Promise.all(
    [folder, path.join(folder, "config.json")].map((target) =>
      stat(target)
        .then((entry) => `${entry.mtimeMs}:${entry.size}`)
        .catch(() => "-"),
    ),
  );
  return times.join("|");
}
