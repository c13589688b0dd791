/**
 * A dataset that came from a hub, registered: one entry for each of its configurations and splits, with what their columns
 * mean, converted where LLaMA-Factory could not read them as they are. It does not know hubs.
 */
import { copyFile, link, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { planDataset, shortEntry } from "@/server/contract/dataset-plan";
import { missingMeaning } from "@/server/contract/dataset-presets";
import { datasetNameFrom, type Incoming } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import { frontMatter } from "@/server/disk/front-matter";
import type { DatasetChanges } from "./dataset-changes";
import { repositorySplits, type Split } from "./repository-splits";

export interface DownloadedDataset {
  /** "org/name" */
  id: string;
  /** Relative to the home folder: "data/org/name". */
  folder: string;
  /** Relative to that folder. */
  files: readonly string[];
}

/** Entries for one repository at most: some have a configuration for each of a hundred languages. */
const MOST_ENTRIES = 24;
const PROGRESS_MS = 100;

/**
 * Registers what was downloaded under the repository's name: its training rows as they are, other configurations and what
 * is held back ("test") with that added to the name.
 * @param home absolute
 * @returns the names, training rows first; none where it cannot be told what the columns mean
 * @throws AppError where not one of its splits can be read
 */
export async function registerDownloaded(
  changes: DatasetChanges,
  home: string,
  downloaded: DownloadedDataset,
): Promise<string[]> {
  const root = path.join(home, downloaded.folder);
  const card = await readFile(path.join(root, "README.md"), "utf8").catch(() => "");
  const splits = repositorySplits(downloaded.files, frontMatter(card)).slice(0, MOST_ENTRIES);
  const names: string[] = [];
  let failure: AppError | null = null;
  for (const split of splits) {
    try {
      const name = await new SplitRegistration(changes, root, downloaded).register(split);
      if (name !== null) names.push(name);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failure ??= error;
    }
  }
  if (names.length === 0 && failure) throw failure;
  return names;
}

class SplitRegistration {
  constructor(
    private readonly changes: DatasetChanges,
    /** Absolute, of the repository. */
    private readonly root: string,
    private readonly downloaded: DownloadedDataset,
  ) {}

  /** @returns the entry's name; null where the columns' meaning cannot be told */
  async register(split: Split): Promise<string | null> {
    const { additions } = this.changes;
    const first = await this.look(split.files[0]!);
    const { preset, mapping } = first.guess;
    if (missingMeaning(preset, mapping)) return null;
    const name = await additions.freeName(entryName(this.downloaded.id, split));
    const request = { preset, mapping, system: "" };
    const plan = planDataset({ ...request, fileKind: first.kind, sample: first.sample });
    if (plan.convert === null) {
      const place = await this.placeOf(split);
      // Downloaded once more: the entry that is there reads the new files.
      const known = await additions.entryOf(place);
      if (known === null) await this.changes.register(name, shortEntry(plan.entry(place)));
      return known ?? name;
    }
    const also: string[] = [];
    for (const file of split.files.slice(1)) also.push((await this.look(file)).id);
    await additions.add(first.id, { name, ...request, also });
    for (;;) {
      const { state, error } = additions.progress(first.id);
      if (state === "failed") throw new AppError("dataset_malformed", error ?? `${name} could not be added.`);
      if (state !== "running") return name;
      await wait(PROGRESS_MS);
    }
  }

  private look(file: string): Promise<Incoming> {
    return this.changes.look({ path: path.join(this.root, file) });
  }

  /** file_name for a split: its file, its folder where that holds nothing else, else a folder of links made for it. */
  private async placeOf({ config, split, files }: Split): Promise<string> {
    const { folder: repository, files: all } = this.downloaded;
    const inData = repository.split("/").slice(1).join("/");
    const [first = ""] = files;
    if (files.length === 1) return `${inData}/${first}`;
    const folder = path.posix.dirname(first);
    const beside = all.filter((file) => path.posix.dirname(file) === folder);
    const isWhole = beside.length === files.length && beside.every((file) => files.includes(file));
    const hasFolders = all.some((file) => path.posix.dirname(file).startsWith(`${folder}/`));
    if (folder !== "." && isWhole && !hasFolders) return `${inData}/${folder}`;
    const own = ["split", config, split].filter(Boolean).join("-");
    await mkdir(path.join(this.root, own), { recursive: true });
    for (const file of files) {
      const [from, to] = [path.join(this.root, file), path.join(this.root, own, file.replaceAll("/", "-"))];
      // A second name for the same bytes; a copy where the disk's format has no such thing.
      await link(from, to).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") await copyFile(from, to);
      });
    }
    return `${inData}/${own}`;
  }
}

/** "name", "name_zh", "name_test" */
function entryName(id: string, { config, split }: Split): string {
  const parts = [id.split("/").at(-1)!, config, split === "train" ? "" : split];
  return datasetNameFrom(`${parts.filter(Boolean).join("_")}.hub`);
}
