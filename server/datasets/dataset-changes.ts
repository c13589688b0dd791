/**
 * Everything that changes the data folder: files that come in, entries added, changed and removed, rows edited; each with
 * a way back. Writes nowhere but in the data folder.
 */
import { copyFile, mkdir, readdir, rename, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { shortEntry } from "@/server/contract/dataset-plan";
import { DATASET_INFO_FILE, datasetEntrySchema } from "@/server/contract/dataset-info";
import {
  MOST_FILES_AT_ONCE,
  ROW_FILES,
  type IdentityRequest,
  type Incoming,
  type Removal,
  type RowAdditions,
  type RowEdits,
  type Undoable,
} from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import { liesBelow } from "@/server/disk/paths";
import { writeWhole } from "@/server/disk/whole-file";
import { Additions } from "./add-dataset";
import type { Datasets } from "./datasets";
import { identityDataset } from "./identity-dataset";
import { editedFile, extendedFile } from "./row-edits";
import { moveInto, UndoLog } from "./undo-log";
import { Uploads, type DataLimits } from "./uploads";

/** Beside the data: files that come in, and files that can still be brought back. */
const INCOMING_FOLDER = ".incoming";
const REMOVED_FOLDER = ".removed";

export class DatasetChanges {
  readonly uploads: Uploads;
  readonly additions: Additions;
  private readonly undoLog: UndoLog;
  private readonly folder: string;

  constructor(
    private readonly datasets: Datasets,
    private readonly home: string,
    limits: () => DataLimits,
  ) {
    const registry = datasets.registry();
    this.folder = registry.folder;
    this.undoLog = new UndoLog(path.join(this.folder, REMOVED_FOLDER));
    this.uploads = new Uploads(path.join(this.folder, INCOMING_FOLDER), limits);
    this.additions = new Additions({
      folder: this.folder,
      registry,
      undo: this.undoLog,
      checkDisk: (bytes) => this.uploads.checkDisk(bytes),
    });
    for (const tidying of [this.undoLog.empty(), this.uploads.forgetOld()])
      tidying.catch((error: unknown) => console.error("The data folder could not be tidied:", error));
  }

  /**
   * The files of rows that a path names: a file, or those that lie in a folder, by name.
   * @throws AppError not_found, unsupported
   */
  async rowFiles(typed: string): Promise<string[]> {
    const target = path.resolve(this.home, typed);
    const found = await stat(target).catch(() => null);
    if (!found) throw new AppError("not_found", `${target} is missing.`);
    if (!found.isDirectory()) return [target];
    const names = (await readdir(target)).filter((name) =>
      ROW_FILES.includes(path.extname(name).toLowerCase()),
    );
    const files = names.filter((name) => name !== DATASET_INFO_FILE).sort();
    if (files.length === 0)
      throw new AppError("unsupported", `${target} holds no file that ends in ${ROW_FILES.join(", ")}.`);
    if (files.length > MOST_FILES_AT_ONCE) {
      throw new AppError(
        "unsupported",
        `${target} holds ${files.length} files of rows; at most ${MOST_FILES_AT_ONCE} are added at once.`,
      );
    }
    return files.map((name) => path.join(target, name));
  }

  /** Looks at a file that was uploaded, or that lies on this machine. */
  async look(from: { upload: string } | { path: string }): Promise<Incoming> {
    if ("upload" in from) {
      const { file, name } = await this.uploads.whole(from.upload);
      return this.additions.look(file, name, () => this.uploads.remove(from.upload));
    }
    const file = path.resolve(this.home, from.path);
    return this.additions.look(file, path.basename(file));
  }

  /** Registers a file or folder that is in the data folder already, as a download leaves it. @throws AppError busy, not_found */
  async register(name: string, entry: Record<string, unknown>): Promise<Undoable> {
    const parsed = datasetEntrySchema.parse(entry);
    if (parsed.file_name) await this.within(parsed.file_name);
    return { undo: await this.additions.register(name, entry), name };
  }

  /** Writes the identity dataset for a persona. */
  async addIdentity(request: IdentityRequest): Promise<Undoable> {
    const undo = await this.additions.addRows(request.dataset, identityDataset(request));
    return { undo, name: request.dataset };
  }

  /** Says anew what an entry's rows and columns are; other keys stay, unknown ones too. @throws AppError not_found */
  async changeEntry(name: string, change: Record<string, unknown>): Promise<Undoable> {
    const { entry } = await this.datasets.open(name);
    const { formatting: _f, ranking: _r, columns: _c, tags: _t, ...others } = entry;
    const merged = { ...others, ...change };
    const checked = datasetEntrySchema.safeParse(merged);
    if (!checked.success) {
      const issue = checked.error.issues[0]!;
      throw new AppError("invalid_request", `${name}: ${issue.path.join(".")}: ${issue.message}`);
    }
    if (checked.data.file_name) await this.within(checked.data.file_name);
    const before = await this.datasets.registry().change({ [name]: shortEntry(checked.data) });
    return { undo: this.undoLog.keep(() => this.datasets.registry().restore(before)) };
  }

  /** Puts another text in the place of dataset_info.json. */
  async replaceRegistry(text: string): Promise<Undoable> {
    const before = await this.datasets.registry().replace(text);
    return { undo: this.undoLog.keep(() => this.datasets.registry().restore(before)) };
  }

  /**
   * Takes an entry out of dataset_info.json, and its files with it where that is wanted.
   * @param dry only says what would go
   */
  async remove(name: string, { files, dry }: { files: boolean; dry: boolean }): Promise<Removal> {
    const entries = await this.datasets.registry().entries();
    const dataset = entries.find((entry) => entry.name === name);
    if (!dataset) throw new AppError("not_found", `There is no dataset named ${name}.`);
    const { fileName } = dataset;
    const bytes = files && fileName !== null ? await this.bytesOf(fileName) : null;
    const users = entries.filter((entry) => entry.name !== name && entry.fileName === fileName);
    const goes = fileName !== null && bytes !== null && users.length === 0;
    const removal: Removal = {
      removed: goes ? [{ name: fileName, bytes }] : [],
      kept:
        fileName !== null && bytes !== null && users.length > 0
          ? [{ name: fileName, used_by: users.map((user) => user.name) }]
          : [],
      undo: null,
    };
    if (dry) return removal;
    const registry = this.datasets.registry();
    const before = await registry.change({ [name]: undefined });
    if (!goes) return { ...removal, undo: this.undoLog.keep(() => registry.restore(before)) };
    const target = await this.within(fileName);
    const { id, folder } = await this.undoLog.prepare();
    const moved = await moveInto(folder, target);
    const restore = async () => {
      await rename(moved, target);
      await registry.restore(before);
    };
    return { ...removal, undo: this.undoLog.keep(restore, id) };
  }

  /** Replaces and deletes rows in place. @throws AppError unsupported, busy where the file has changed since */
  editRows(name: string, edits: RowEdits): Promise<Undoable> {
    return this.rewrite(name, (file) => editedFile(file, edits));
  }

  /**
   * Adds rows behind those that a dataset has, or in a new one where there is none of that name.
   * @throws AppError not_found where it is not there and no entry says what its columns are
   */
  async addRows(name: string, { rows, entry }: RowAdditions): Promise<Undoable> {
    const entries = await this.datasets.registry().entries();
    if (entry === undefined || entries.some((each) => each.name === name))
      return this.rewrite(name, (file) => extendedFile(file, rows));
    // Which file it is in is the console's to say.
    const { file_name: _, ...described } = datasetEntrySchema.parse(entry);
    return { undo: await this.additions.addRows(name, rows, shortEntry(described)), name };
  }

  private async rewrite(name: string, change: (file: string) => Promise<Buffer>): Promise<Undoable> {
    const { fileName, files } = await this.datasets.open(name);
    const [file] = files.paths;
    if (files.paths.length !== 1 || file === undefined)
      throw new AppError("unsupported", `${name} has several files; rows are changed where it has one.`);
    await this.within(fileName);
    const content = await change(file);
    const { id, folder } = await this.undoLog.prepare();
    const kept = path.join(folder, path.basename(file));
    await copyFile(file, kept);
    await writeWhole(file, content);
    return { undo: this.undoLog.keep(() => rename(kept, file), id), name };
  }

  undo(id: string): Promise<void> {
    return this.undoLog.undo(id);
  }

  /** The file's path. @throws AppError forbidden where it would lie outside the data folder, not_found where it is not there */
  private async within(fileName: string): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    const target = path.resolve(this.folder, fileName);
    if (!liesBelow(this.folder, target)) {
      throw new AppError(
        "forbidden",
        `${fileName} lies outside the data folder, where Tuneboard changes nothing.`,
      );
    }
    if (!(await stat(target).catch(() => null)))
      throw new AppError("not_found", `data/${fileName} is missing.`);
    return target;
  }

  /** Size of a file or of what is in a folder; null where it is outside the data folder or gone. */
  private async bytesOf(fileName: string): Promise<number | null> {
    const target = await this.within(fileName).catch(() => null);
    if (target === null) return null;
    const { size } = await stat(target);
    const opened = await this.datasets.sizeOf(target).catch(() => null);
    return opened ?? size;
  }

  /** Deletes uploads that nobody went on with. */
  async forgetUpload(id: string): Promise<void> {
    await this.uploads.remove(id);
    // The folder itself goes with the last of them.
    await rmdir(path.join(this.folder, INCOMING_FOLDER)).catch(() => undefined);
  }
}
