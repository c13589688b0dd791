/**
 * A dataset that came from a hub, registered: which of its files hold training rows, what their columns mean, converted
 * where LLaMA-Factory could not read them as they are. It does not know hubs.
 */
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { planDataset, shortEntry } from "@/server/contract/dataset-plan";
import { missingMeaning } from "@/server/contract/dataset-presets";
import { datasetNameFrom, ROW_FILES } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import type { DatasetChanges } from "./dataset-changes";

export interface DownloadedDataset {
  /** "org/name" */
  id: string;
  /** Relative to the home folder: "data/org/name". */
  folder: string;
  /** Relative to that folder. */
  files: readonly string[];
}

/** Rows to hold back, not to train on. */
const HELD_BACK = /(^|[/_.-])(test|validation|valid|val|dev|eval)([/_.-]|$)/i;
const PROGRESS_MS = 100;

/**
 * Registers what was downloaded under the repository's name. Several files of training rows count as one dataset where
 * they are all that their folder holds; else the first one is registered and the others wait on the Datasets page.
 * @returns the name; null where it cannot be told what the columns mean
 */
export async function registerDownloaded(
  changes: DatasetChanges,
  { id, folder, files }: DownloadedDataset,
): Promise<string | null> {
  const all = files.filter((file) => ROW_FILES.includes(path.posix.extname(file)));
  const rows = all.filter((file) => !/(^|\/)(dataset_infos?|dataset_info|config)\.json$/i.test(file));
  const train = rows.filter((file) => !HELD_BACK.test(file));
  const [first] = train.length > 0 ? train : rows;
  if (first === undefined) return null;
  const incoming = await changes.look({ path: `${folder}/${first}` });
  const { preset, mapping } = incoming.guess;
  if (missingMeaning(preset, mapping)) return null;
  const name = await changes.additions.freeName(datasetNameFrom(`${id.split("/").at(-1)!}.hub`));
  const plan = planDataset({ preset, mapping, system: "", fileKind: incoming.kind, sample: incoming.sample });
  if (plan.convert === null) {
    const inData = folder.split("/").slice(1).join("/");
    const whole = wholeFolder(first, files);
    await changes.register(name, shortEntry(plan.entry(`${inData}/${whole ?? first}`)));
    return name;
  }
  await changes.additions.add(incoming.id, { name, preset, mapping, system: "" });
  for (;;) {
    const { state, error } = changes.additions.progress(incoming.id);
    if (state === "failed") throw new AppError("dataset_malformed", error ?? `${id} could not be added.`);
    if (state !== "running") return name;
    await wait(PROGRESS_MS);
  }
}

/** The folder of a file where it and its likes are all that lies in it, and there are several; else null. */
function wholeFolder(file: string, files: readonly string[]): string | null {
  const folder = path.posix.dirname(file);
  const beside = files.filter((other) => path.posix.dirname(other) === folder);
  const alike = beside.every(
    (other) => path.posix.extname(other) === path.posix.extname(file) && !HELD_BACK.test(other),
  );
  return folder !== "." && alike && beside.length > 1 ? folder : null;
}
