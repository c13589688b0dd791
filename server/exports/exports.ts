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
import { failureOf, outputLines } from "@/server/contract/failure-kinds";
import { argumentYaml } from "@/server/engines/argument-yaml";
import type { Command, Engine } from "@/server/engines/engine";
import type { TargetFolders } from "@/server/evaluations/evaluations";
import { GroupEnd } from "@/server/processes/group-end";
import { isAlive, processIdentity } from "@/server/processes/process-identity";
import { startDetached } from "@/server/processes/start-detached";
import { readText } from "@/server/runs/growing-file";
import { contents } from "@/server/runs/run-summary";
import { exportArguments, exportEngine, selfTestArguments } from "./export-arguments";
import { writeExportCard } from "./model-card";
import {
  EXPORT_ARGS_FILE,
  EXPORT_OUTPUT_FILE,
  readExportRecords,
  recordFolder,
  SELF_TEST_ARGS_FILE,
  writeExportRecord,
  type ExportRecord,
} from "./export-record";

export interface ExportsOptions {
  /** Absolute. */
  home: string;
  engine: (id: EngineId) => Engine;
  /** Folders behind a chat target. @throws AppError not_found */
  target: (id: string) => Promise<TargetFolders>;
  /** The program that compares an exported folder's answers with its source's. */
  selfTest: (argsFile: string) => Command;
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
    const draft = draftOf(home, request);
    const isTaken =
      existsSync(final) ||
      this.records().some(({ ended_at, name }) => ended_at === null && name === request.name);
    if (isTaken)
      throw new AppError(
        "busy",
        `models/${request.name} exists already. Choose another name for the exported model.`,
      );
    const engineId = exportEngine(request, target);
    rmSync(draft, { recursive: true, force: true });

    const id = randomBytes(6).toString("hex");
    const record: ExportRecord = {
      id,
      name: request.name,
      label: target.label,
      engine: engineId,
      folder: `models/${request.name}`,
      source: {
        model: target.modelFolder,
        adapter: target.adapterFolder,
        method: target.method,
        template: target.template,
      },
      // The embedded engine does it itself; what only LLaMA-Factory can load nobody here can ask.
      self_test:
        request.self_test && engineId === "llamafactory" && target.engine === "embedded" ? "waiting" : "none",
      created_at: new Date().toISOString(),
      process: null,
      cancelled: false,
      ended_at: null,
      exit_code: null,
    };
    writeExportRecord(home, record);
    const argsFile = path.join(recordFolder(home, id), EXPORT_ARGS_FILE);
    writeFileSync(argsFile, argumentYaml(exportArguments(request, target, { engineId, draft })));
    const command = this.options.engine(engineId).command({ kind: "export", argsFile, cwd: home });
    await this.start(record, command);
    return id;
  }

  /** What a finished export was made of. @throws AppError not_found, busy where there is no folder of it */
  finished(id: string): ExportRecord {
    const record = this.settled(this.find(id));
    if (stateOf(record) !== "finished" || !existsSync(path.join(this.options.home, record.folder)))
      throw new AppError("busy", `${record.folder} is not there: only a finished export can be pushed.`);
    return record;
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

  private async start(record: ExportRecord, command: Command): Promise<void> {
    const { home } = this.options;
    const output = openSync(path.join(recordFolder(home, record.id), EXPORT_OUTPUT_FILE), "a");
    const child = await startDetached(command, output).catch((error: Error) => {
      this.end(record, record.self_test === "running" ? 0 : 127);
      throw new AppError("engine_failed", `${command.file} could not be started: ${error.message}.`);
    });
    const started = {
      ...record,
      process: { pid: child.pid!, identity: processIdentity(child.pid!) ?? "gone" },
    };
    writeExportRecord(home, started);
    this.attached.add(record.id);
    child.once("exit", (code) => {
      const known = readExportRecords(home).find(({ id }) => id === record.id);
      if (known) this.programEnded(known, code).catch(() => this.attached.delete(record.id));
    });
  }

  private async programEnded(record: ExportRecord, code: number | null): Promise<void> {
    if (code !== 0 || record.cancelled || record.self_test !== "waiting" || record.source === null) {
      this.attached.delete(record.id);
      // What the comparison found is told; a whole export stays one whatever it was.
      this.end(record, record.self_test === "running" ? 0 : code);
      return;
    }
    const { home } = this.options;
    const argsFile = path.join(recordFolder(home, record.id), SELF_TEST_ARGS_FILE);
    writeFileSync(argsFile, argumentYaml(selfTestArguments(record.source, draftOf(home, record))));
    await this.start({ ...record, self_test: "running" }, this.options.selfTest(argsFile));
  }

  /** The end of an export's program: its folder gets its name, or goes. */
  private end(record: ExportRecord, code: number | null): ExportRecord {
    const { home } = this.options;
    const draft = draftOf(home, record);
    const final = path.join(home, record.folder);
    if (code === 0 && !record.cancelled && !existsSync(final) && existsSync(draft)) {
      if (record.source !== null) writeExportCard(draft, record.source, { home, name: record.name });
      renameSync(draft, final);
    } else rmSync(draft, { recursive: true, force: true });
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
    const whole =
      record.self_test === "running" ||
      /saved in|Self-test:/.test(outputLines(this.output(record)).at(-1) ?? "");
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
    const lines = output.split(/[\r\n]+/);
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
      progress: progress ? Number(progress[1] ?? progress[3]) / Number(progress[2] ?? progress[4]) : null,
      output: asDrawn(output),
      error: state === "failed" ? failureOf({ code: record.exit_code, signal: null }, output).line : null,
      self_test: test ? { equal: Number(test[1]), asked: Number(test[2]) } : null,
      files: state === "finished" ? contents(path.join(this.options.home, record.folder)) : [],
    };
  }
}

/** A text as a terminal shows it: a progress bar that is drawn over itself stands there once. */
function asDrawn(output: string): string {
  return output.replace(/[^\r\n]*\r+(?=[^\r\n])/g, "");
}

function draftOf(home: string, { name }: { name: string }): string {
  return path.join(home, "models", DRAFTS, name);
}

function stateOf({ ended_at, cancelled, exit_code }: ExportRecord): ModelExport["state"] {
  if (ended_at === null) return "running";
  if (cancelled) return "cancelled";
  return exit_code === 0 ? "finished" : "failed";
}
