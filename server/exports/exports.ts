/**
 * Exports: each is a program of its own that writes a model folder below `models/`, survives the console, can be
 * cancelled, and is told about by its output. A folder lies aside until it is whole.
 */
import { randomBytes } from "node:crypto";
import { existsSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { EngineId } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import {
  EXPORT_PROGRESS,
  EXPORT_SELF_TEST,
  type CreateExport,
  type ModelExport,
} from "@/server/contract/model-export";
import { argumentYaml } from "@/server/engines/argument-yaml";
import type { Engine } from "@/server/engines/engine";
import type { TargetFolders } from "@/server/evaluations/evaluations";
import { GroupEnd } from "@/server/processes/group-end";
import { isAlive, processIdentity } from "@/server/processes/process-identity";
import { startDetached } from "@/server/processes/start-detached";
import { readText } from "@/server/runs/growing-file";
import { contents } from "@/server/runs/run-summary";
import {
  EXPORT_ARGS_FILE,
  EXPORT_OUTPUT_FILE,
  readExportRecords,
  recordFolder,
  writeExportRecord,
  type ExportRecord,
} from "./export-record";

export interface ExportsOptions {
  /** Absolute. */
  home: string;
  engine: (id: EngineId) => Engine;
  /** Folders behind a chat target. @throws AppError not_found */
  target: (id: string) => Promise<TargetFolders>;
}

/** Where begun exports lie: no list of models takes a folder whose name begins with a dot for one. */
const DRAFTS = ".exporting";
const OUTPUT_SHOWN = 16 * 1024;
const GRACE_MS = 3_000;

export class Exports {
  /** Exports whose program is our own child: how it ended will be told. */
  private readonly attached = new Set<string>();

  constructor(private readonly options: ExportsOptions) {}

  /** Newest first. */
  list(): ModelExport[] {
    return this.records().map((record) => this.describe(record));
  }

  /**
   * Starts an export.
   * @returns its id
   * @throws AppError not_found for an unknown target, busy where the name is taken, engine_failed where it cannot start
   */
  async create(request: CreateExport): Promise<string> {
    const { home } = this.options;
    const target = await this.options.target(request.target);
    const final = path.join(home, "models", request.name);
    const draft = path.join(home, "models", DRAFTS, request.name);
    const isTaken =
      existsSync(final) ||
      this.records().some(({ ended_at, name }) => ended_at === null && name === request.name);
    if (isTaken)
      throw new AppError(
        "busy",
        `models/${request.name} exists already. Choose another name for the exported model.`,
      );
    rmSync(draft, { recursive: true, force: true });

    const engineId = request.engine === "auto" ? target.engine : request.engine;
    const id = randomBytes(6).toString("hex");
    const record: ExportRecord = {
      id,
      name: request.name,
      label: target.label,
      engine: engineId,
      folder: `models/${request.name}`,
      created_at: new Date().toISOString(),
      process: null,
      cancelled: false,
      ended_at: null,
      exit_code: null,
    };
    writeExportRecord(home, record);
    const argsFile = path.join(recordFolder(home, id), EXPORT_ARGS_FILE);
    writeFileSync(argsFile, argumentYaml(exportArguments(request, target, { engineId, draft })));
    await this.start(record, argsFile);
    return id;
  }

  /** Ends an export's program and removes what it wrote. @throws AppError not_found */
  cancel(id: string): void {
    const record = this.find(id);
    if (!record.process || record.ended_at !== null || !isAlive(record.process)) return;
    writeExportRecord(this.options.home, { ...record, cancelled: true });
    new GroupEnd(record.process, { signal: "SIGTERM", graceMs: GRACE_MS, onEnd: () => void this.records() });
  }

  /** Forgets an export that has ended; the exported model stays. @throws AppError not_found, busy while it runs */
  forget(id: string): void {
    const record = this.settled(this.find(id));
    if (record.ended_at === null) throw new AppError("busy", "It is still being written. Cancel it first.");
    rmSync(recordFolder(this.options.home, id), { recursive: true, force: true });
  }

  private async start(record: ExportRecord, argsFile: string): Promise<void> {
    const { home } = this.options;
    const command = this.options.engine(record.engine).command({ kind: "export", argsFile, cwd: home });
    const output = openSync(path.join(recordFolder(home, record.id), EXPORT_OUTPUT_FILE), "a");
    const child = await startDetached(command, output).catch((error: Error) => {
      this.end(record, 127);
      throw new AppError("engine_failed", `${command.file} could not be started: ${error.message}.`);
    });
    const started = {
      ...record,
      process: { pid: child.pid!, identity: processIdentity(child.pid!) ?? "gone" },
    };
    writeExportRecord(home, started);
    this.attached.add(record.id);
    child.once("exit", (code) => {
      this.attached.delete(record.id);
      const known = readExportRecords(home).find(({ id }) => id === record.id);
      if (known) this.end(known, code);
    });
  }

  /** The end of an export's program: its folder gets its name, or goes. */
  private end(record: ExportRecord, code: number | null): ExportRecord {
    const { home } = this.options;
    const draft = path.join(home, "models", DRAFTS, record.name);
    const final = path.join(home, record.folder);
    if (code === 0 && !record.cancelled && !existsSync(final) && existsSync(draft)) renameSync(draft, final);
    else rmSync(draft, { recursive: true, force: true });
    const ended = { ...record, ended_at: new Date().toISOString(), exit_code: code };
    writeExportRecord(home, ended);
    return ended;
  }

  /** A record whose program ended while no console looked. A whole export has said so in its last line. */
  private settled(record: ExportRecord): ExportRecord {
    if (record.ended_at !== null || this.attached.has(record.id)) return record;
    if (record.process && isAlive(record.process)) return record;
    // Its start is being noted right now.
    if (!record.process && Date.now() - Date.parse(record.created_at) < GRACE_MS) return record;
    const whole = /saved in|Self-test:/.test(this.output(record).trim().split("\n").at(-1) ?? "");
    return this.end(record, whole ? 0 : null);
  }

  /** Every record, newest first. Ends that nobody saw are noticed here. */
  private records(): ExportRecord[] {
    return readExportRecords(this.options.home).map((record) => this.settled(record));
  }

  private find(id: string): ExportRecord {
    const record = readExportRecords(this.options.home).find((candidate) => candidate.id === id);
    if (!record) throw new AppError("not_found", `There is no export with the id ${id}.`);
    return record;
  }

  private output({ id }: ExportRecord): string {
    const file = path.join(recordFolder(this.options.home, id), EXPORT_OUTPUT_FILE);
    return readText(file, -OUTPUT_SHOWN)?.bytes.toString("utf8") ?? "";
  }

  private describe(record: ExportRecord): ModelExport {
    const output = this.output(record);
    const lines = output.split("\n");
    const progress = lines.map((line) => EXPORT_PROGRESS.exec(line)).findLast(Boolean);
    const test = lines.map((line) => EXPORT_SELF_TEST.exec(line)).findLast(Boolean);
    const state = stateOf(record);
    return {
      id: record.id,
      name: record.name,
      state,
      label: record.label,
      engine: record.engine,
      folder: record.folder,
      created_at: record.created_at,
      ended_at: record.ended_at,
      progress: progress ? Number(progress[1]) / Number(progress[2]) : null,
      output,
      self_test: test ? { equal: Number(test[1]), asked: Number(test[2]) } : null,
      files: state === "finished" ? contents(path.join(this.options.home, record.folder)) : [],
    };
  }
}

function stateOf({ ended_at, cancelled, exit_code }: ExportRecord): ModelExport["state"] {
  if (ended_at === null) return "running";
  if (cancelled) return "cancelled";
  return exit_code === 0 ? "finished" : "failed";
}

/** LLaMA-Factory's arguments, and ours where the embedded engine writes. */
function exportArguments(
  request: CreateExport,
  target: TargetFolders,
  { engineId, draft }: { engineId: EngineId; draft: string },
): Record<string, unknown> {
  const isEmbedded = engineId === "embedded";
  return {
    model_name_or_path: target.modelFolder,
    ...(target.adapterFolder !== null && {
      adapter_name_or_path: target.adapterFolder,
      ...(!isEmbedded && { finetuning_type: target.method }),
    }),
    ...(target.template !== null && { template: target.template }),
    export_dir: draft,
    export_size: request.export_size,
    ...(request.infer_dtype !== "auto" && { infer_dtype: request.infer_dtype }),
    ...(isEmbedded
      ? {
          ...(request.export_gguf !== null && { export_gguf: request.export_gguf }),
          export_self_test: request.self_test,
        }
      : { export_device: "cpu" }),
  };
}
