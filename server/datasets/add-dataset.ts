/**
 * A file becomes a dataset: looked at, converted row by row where that is needed, put beside dataset_info.json and
 * registered there. Several files of the same columns can become one: then a folder holds them. It does not know uploads.
 */
import { createHash } from "node:crypto";
import { rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { planDataset, shortEntry } from "@/server/contract/dataset-plan";
import { columnsOf, guessPreset, missingMeaning } from "@/server/contract/dataset-presets";
import {
  datasetNameFrom,
  ROW_FILES,
  togetherKey,
  type Addition,
  type AddRequest,
  type Incoming,
} from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import type { Plan } from "@/server/contract/plan-parts";
import { writeWhole } from "@/server/disk/whole-file";
import { problemsOf, valuesOf } from "./numbered-rows";
import { placeFiles, type ArrivedFile } from "./placed-files";
import type { RegistryFile } from "./registry-file";
import { csvDelimiter, openRowSource } from "./row-source";
import type { UndoLog } from "./undo-log";

const SAMPLE_ROWS = 20;

interface IncomingFile extends ArrivedFile {
  addition: Addition | null;
}

export interface Place {
  /** Absolute, of dataset_info.json. */
  readonly folder: string;
  readonly registry: RegistryFile;
  readonly undo: UndoLog;
  checkDisk(bytes: number): Promise<void>;
}

export class Additions {
  private readonly files = new Map<string, IncomingFile>();

  constructor(private readonly place: Place) {}

  /**
   * Looks at a file: what its rows are and what they could become.
   * @param ours removes it once it is used, where it lies in a folder of ours
   * @throws AppError not_found, unsupported, dataset_malformed
   */
  async look(file: string, name: string, ours: ArrivedFile["ours"] = null): Promise<Incoming> {
    const found = await stat(file).catch(() => null);
    if (!found) throw new AppError("not_found", `${file} is missing.`);
    const kind = path.extname(file).toLowerCase();
    if (!found.isFile() || !ROW_FILES.includes(kind)) {
      throw new AppError("unsupported", `${name}: files with rows end in ${ROW_FILES.join(", ")}.`);
    }
    const delimiter = kind === ".csv" ? await csvDelimiter(file) : ",";
    const source = await openRowSource(file, found.size, delimiter);
    const rows = await source.read(0, SAMPLE_ROWS);
    if (rows.length === 0) throw new AppError("dataset_malformed", `${name} holds no rows.`);
    const sample = valuesOf(rows);
    const id = createHash("sha256")
      .update(`${file}:${found.size}:${found.mtimeMs}`)
      .digest("hex")
      .slice(0, 24);
    const facts: Incoming = {
      id,
      name,
      kind,
      bytes: found.size,
      columns: columnsOf(sample),
      sample,
      problems: problemsOf(rows, 0),
      guess: guessPreset(sample, kind),
      suggested_name: await this.freeName(datasetNameFrom(name)),
    };
    this.files.get(id)?.source.close();
    this.files.set(id, { facts, file, source, ours, addition: null });
    return facts;
  }

  /**
   * Begins to convert and register a file that was looked at, with others of its columns where the request names them.
   * @throws AppError not_found, busy, invalid_request, disk_full
   */
  async add(id: string, { also = [], ...request }: AddRequest): Promise<Addition> {
    const files = [...new Set([id, ...also])].map((each) => this.incoming(each));
    if (files.some(({ addition }) => addition?.state === "running"))
      throw new AppError("busy", "This file is being added already.");
    await this.checkName(request.name);
    const { facts } = files[0]!;
    const missing = missingMeaning(request.preset, request.mapping);
    if (missing) throw new AppError("invalid_request", `${facts.name}: say which column is its ${missing}.`);
    for (const other of files) checkColumns(other.facts, facts, request.mapping);
    await this.place.checkDisk(files.reduce((sum, file) => sum + file.facts.bytes, 0));
    const addition: Addition = {
      state: "running",
      rows_done: 0,
      share: 0,
      skipped: 0,
      first_skipped: [],
      error: null,
      name: request.name,
      undo: null,
    };
    for (const file of files) file.addition = addition;
    const plan = planDataset({ ...request, fileKind: facts.kind, sample: facts.sample });
    void this.run(files, plan, addition).catch((error: unknown) => {
      addition.state = "failed";
      addition.error =
        error instanceof AppError
          ? error.message
          : "Adding failed inside the console. Its terminal shows the details.";
      if (!(error instanceof AppError)) console.error(error);
    });
    return addition;
  }

  /** How far adding is. @throws AppError not_found */
  progress(id: string): Addition {
    const { addition } = this.incoming(id);
    if (!addition) throw new AppError("not_found", "This file is not being added.");
    return addition;
  }

  /** Writes rows as a new file and registers it. @returns the id for undoing */
  async addRows(
    name: string,
    rows: readonly unknown[],
    entry: Record<string, unknown> = {},
  ): Promise<string> {
    await this.checkName(name);
    const fileName = await this.freeFile(`${name}.json`);
    const file = path.join(this.place.folder, fileName);
    await writeWhole(file, `${JSON.stringify(rows, null, 2)}\n`);
    return this.register(name, { file_name: fileName, ...entry }, file);
  }

  /**
   * Adds an entry for a file or folder that is in place already, as a download leaves it.
   * @returns the id for undoing; the file goes too then, where one is named
   * @throws AppError busy where the name is taken
   */
  async register(name: string, entry: Record<string, unknown>, file: string | null = null): Promise<string> {
    await this.checkName(name);
    const { registry, undo } = this.place;
    await registry.change({ [name]: entry });
    return undo.keep(async () => {
      await registry.change({ [name]: undefined });
      if (file !== null) await rm(file, { recursive: true, force: true });
    });
  }

  /** The name of an entry whose rows lie there; null where no entry's do. */
  async entryOf(fileName: string): Promise<string | null> {
    const entries = await this.place.registry.entries().catch(() => []);
    return entries.find((entry) => entry.fileName === fileName)?.name ?? null;
  }

  /** A name that no entry has: `name`, or `name_2` and so on. */
  async freeName(name: string): Promise<string> {
    const taken = new Set((await this.place.registry.entries().catch(() => [])).map((entry) => entry.name));
    for (let i = 1; ; i++) {
      const candidate = i === 1 ? name : `${name}_${i}`;
      if (!taken.has(candidate)) return candidate;
    }
  }

  private incoming(id: string): IncomingFile {
    const incoming = this.files.get(id);
    if (!incoming) throw new AppError("not_found", "This file is no longer here. Choose it again.");
    return incoming;
  }

  private async checkName(name: string): Promise<void> {
    const free = await this.freeName(name);
    if (free !== name) {
      throw new AppError("invalid_request", `There is a dataset named ${name} already. ${free} is free.`);
    }
  }

  private async run(files: readonly IncomingFile[], plan: Plan, addition: Addition): Promise<void> {
    const { facts } = files[0]!;
    const kind = files.length > 1 ? "" : plan.convert ? ".jsonl" : facts.kind;
    const fileName = await this.freeFile(`${addition.name}${kind}`);
    const target = path.join(this.place.folder, fileName);
    const draft = `${target}.part`;
    try {
      await placeFiles(files, { convert: plan.convert, target: draft, addition });
      if (plan.convert && addition.rows_done === addition.skipped) {
        const why = addition.first_skipped[0]?.message ?? "it holds no rows";
        throw new AppError("dataset_malformed", `No row of ${facts.name} can be used. Row 1: ${why}.`);
      }
      await rename(draft, target);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    addition.undo = await this.register(addition.name, shortEntry(plan.entry(fileName)), target);
    for (const { source, ours } of files) {
      source.close();
      await ours?.();
    }
    addition.share = 1;
    addition.state = "done";
  }

  /** A file name that nothing beside dataset_info.json has. */
  private async freeFile(fileName: string): Promise<string> {
    const { name, ext } = path.parse(fileName);
    for (let i = 1; ; i++) {
      const candidate = i === 1 ? fileName : `${name}_${i}${ext}`;
      if (!(await stat(path.join(this.place.folder, candidate)).catch(() => null))) return candidate;
    }
  }
}

/** @throws AppError invalid_request where a file has other columns than the one that the mapping was made for */
function checkColumns(facts: Incoming, first: Incoming, mapping: AddRequest["mapping"]): void {
  if (togetherKey(facts) !== togetherKey(first)) {
    throw new AppError(
      "invalid_request",
      `${facts.name} and ${first.name} have other columns or are other kinds of files, so they cannot be one dataset.`,
    );
  }
  const unknown = Object.values(mapping).find((column) => column !== "" && !facts.columns.includes(column));
  if (unknown === undefined) return;
  throw new AppError(
    "invalid_request",
    `${facts.name} has no column ${unknown}; it has ${facts.columns.join(", ")}.`,
  );
}
