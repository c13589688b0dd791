/**
 * Which run starts when: as many train at a time as there are slots, the others wait in their order. Looks at the
 * catalog, starts the next ones. Consoles that share a home folder share the queue: whoever claims a run first starts it.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { QueueStatus } from "@/server/contract/queue";
import type { Command, Engine } from "@/server/engines/engine";
import type { GraphicsCard } from "@/server/processes/graphics-cards";
import { isAlive, processIdentity, processRefSchema } from "@/server/processes/process-identity";
import { poolOf, slotsFor, type Pool } from "./queue-slots";
import type { QueueSettings, QueueSettingsFile } from "./queue-settings";
import type { Run } from "./run";
import { ARGS_FILE } from "./run-files";
import type { Supervisor } from "./supervisor";

/** Held for the moment in which a run is started. */
const CLAIM_FILE = ".tuneboard-starting";

export interface RunQueueOptions {
  home: string;
  supervisor: Supervisor;
  settings: QueueSettingsFile;
  cards: () => Promise<readonly GraphicsCard[]>;
  runs: () => Run[];
  engineOf: (run: Run) => Engine;
  /** Takes what is new in a run's files, and tells it to whoever follows the run. */
  look: (run: Run) => void;
  /** A run has been started, or could not be. */
  onStarted: (run: Run) => void;
  /** The order, the slots or the pause changed. */
  onChanged: (status: QueueStatus) => void;
}

export class RunQueue {
  private pumping: Promise<void> = Promise.resolve();
  private closed = false;
  private settings: QueueSettings;
  private cards: readonly GraphicsCard[] = [];
  private told = "";

  constructor(private readonly options: RunQueueOptions) {
    this.settings = options.settings.read();
  }

  /** Starts the runs that have waited longest, as many as there is room for. Resolves when that is done. */
  pump(): Promise<void> {
    this.pumping = this.pumping
      .then(() => this.startWaiting())
      .catch((error: unknown) => console.error("The queue stumbled:", error));
    return this.pumping;
  }

  /** Starts nothing more; resolves when a start under way is done. */
  close(): Promise<void> {
    this.closed = true;
    return this.pumping;
  }

  status(): QueueStatus {
    const { slots, paused, pausedBy, continueOnError } = this.settings;
    const by = pausedBy === null ? undefined : this.options.runs().find(({ id }) => id === pausedBy);
    const automatic = Math.max(1, this.cards.length);
    return {
      slots: slots ?? automatic,
      automatic_slots: automatic,
      configured_slots: slots,
      cards: this.cards.map(({ name }) => name),
      paused,
      paused_by: by ? { id: by.id, name: by.name } : null,
      continue_on_error: continueOnError,
      order: this.waiting().map(({ id }) => id),
    };
  }

  /** A place behind all that wait, whatever the clock says. */
  nextRank(): number {
    return Math.max(Date.now(), ...this.waiting().map((run) => rankOf(run) + 1));
  }

  /** Changes slots, pause or what a failure means. */
  async change(change: Partial<QueueSettings>): Promise<void> {
    this.settings = { ...this.options.settings.read(), ...change };
    this.options.settings.write(this.settings);
    await this.pump();
  }

  /** Waiting runs by id, the next one first; those left out follow in their order, ids of other runs count for nothing. */
  async reorder(ids: readonly string[]): Promise<void> {
    const waiting = this.waiting();
    const placeOf = (run: Run) => (ids.includes(run.id) ? ids.indexOf(run.id) : ids.length);
    const wanted = [...waiting].sort((a, b) => placeOf(a) - placeOf(b));
    let rank = -Infinity;
    waiting.map(rankOf).forEach((old, index) => {
      rank = Math.max(old, rank + 1);
      if (rankOf(wanted[index]!) !== rank) wanted[index]!.setRecord({ queue_rank: rank });
    });
    await this.pump();
  }

  /** Starts a waiting run at once, beside those that are going. @throws AppError busy */
  async startNow(run: Run): Promise<void> {
    const starting = this.pumping.then(() => this.startOne(run, true));
    this.pumping = starting.then(() => undefined).catch(() => undefined);
    if (!(await starting)) {
      throw new AppError(
        "busy",
        `${run.name} does not wait any more, or another console starts it just now.`,
      );
    }
    this.tell();
  }

  /** A run came to its end; where that was bad, the rest may have to wait for a person. */
  ended(run: Run): void {
    const broken = run.status === "failed" || run.status === "interrupted";
    if (broken && !this.settings.continueOnError && this.waiting().length > 0)
      void this.change({ paused: true, pausedBy: run.id });
    else void this.pump();
  }

  private waiting(): Run[] {
    return this.options
      .runs()
      .filter((run) => run.record?.queued_at)
      .sort((a, b) => rankOf(a) - rankOf(b));
  }

  private async startWaiting(): Promise<void> {
    const runs = this.options.runs();
    for (const run of runs) if (run.isActive || run.attached) this.options.look(run);
    // Another console on this home folder may have changed them.
    this.settings = this.options.settings.read();
    this.cards = await this.options.cards();
    const full = new Set<Pool>();
    for (const run of this.waiting()) {
      if (this.closed || this.settings.paused) break;
      if (!existsSync(run.folder)) continue;
      const pool = await poolOf(this.options.engineOf(run), this.cards);
      // Nobody overtakes: a run that needs several cards would wait for ever behind those that need one.
      if (full.has(pool)) continue;
      if (!(await this.startOne(run, false))) full.add(pool);
    }
    this.tell();
  }

  /** @returns whether it was started (or failed to); false where there is no room or another console has it */
  private async startOne(run: Run, beside: boolean): Promise<boolean> {
    if (this.closed || !run.record?.queued_at) return false;
    const engine = this.options.engineOf(run);
    const command = commandOf(run, engine, this.options.home);
    const pool = await poolOf(engine, this.cards);
    const granted = slotsFor({
      command,
      config: run.config,
      pool,
      cards: this.cards,
      slots: this.settings.slots,
      taken: await this.taken(pool),
      beside,
    });
    if (!granted) return false;
    const release = claim(run.folder);
    if (!release) return false;
    try {
      // Between our look and the claim another console may have started it.
      this.options.look(run);
      if (!run.record.queued_at) return false;
      await this.options.supervisor.start(run, { ...command, env: granted.env }, granted.slots);
    } catch (error) {
      // Its record says that it failed; the next one gets its turn.
      if (!(error instanceof AppError)) throw error;
      console.error(error.message);
    } finally {
      release();
    }
    this.options.onStarted(run);
    return true;
  }

  /** Places that runs of a pool occupy now, one entry for each. Runs that others started on this machine are theirs. */
  private async taken(pool: Pool): Promise<number[]> {
    const taken: number[] = [];
    for (const run of this.options.runs()) {
      if (!isTraining(run) || (await poolOf(this.options.engineOf(run), this.cards)) !== pool) continue;
      taken.push(...(run.record!.slots.length > 0 ? run.record!.slots : [0]));
    }
    return taken;
  }

  private tell(): void {
    const waiting = this.waiting();
    const places = new Map(waiting.map((run, index) => [run, index + 1]));
    for (const run of this.options.runs()) run.queuePosition = places.get(run) ?? null;
    const status = this.status();
    const text = JSON.stringify(status);
    if (text === this.told) return;
    this.told = text;
    this.options.onChanged(status);
  }
}

function commandOf(run: Run, engine: Engine, home: string): Command {
  const from = run.record!.resume_from_checkpoint;
  const command = engine.command({
    kind: "train",
    argsFile: path.join(run.folder, ARGS_FILE),
    overrides: from === null ? [] : [`resume_from_checkpoint=${from}`, "overwrite_output_dir=false"],
    runFolder: run.folder,
    cwd: home,
  });
  return { ...command, env: { ...command.env, ...run.record!.environment } };
}

function isTraining(run: Run): boolean {
  return (
    run.attached || (run.record?.process != null && (run.status === "running" || run.status === "stopping"))
  );
}

/** Milliseconds of the moment at which it was queued, unless somebody moved it or the clock went back. */
function rankOf(run: Run): number {
  return run.record?.queue_rank ?? Date.parse(run.record?.queued_at ?? "");
}

/** Claims a folder for a start; null where another console holds it. A claim of a console that died does not count. */
function claim(folder: string): (() => void) | null {
  const file = path.join(folder, CLAIM_FILE);
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch {
      if (isHeld(file)) return null;
      rmSync(file, { force: true });
    }
  }
  return null;
}

function isHeld(file: string): boolean {
  try {
    return isAlive(processRefSchema.parse(JSON.parse(readFileSync(file, "utf8"))));
  } catch {
    return false;
  }
}
