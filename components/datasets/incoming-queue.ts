/**
 * Files on their way to becoming datasets: sent or found by their path, then looked at, one after the other. Each can be
 * taken off or tried again. It knows neither React nor how a file is sent.
 */
import type { Incoming } from "@/server/contract/datasets";

/** Where a file comes from: out of the browser, or from a path on the console's machine. */
export type IncomingSource = { readonly file: File } | { readonly path: string };

export type IncomingStep =
  | { readonly is: "waiting" }
  | { readonly is: "sending"; readonly received: number; readonly size: number }
  | { readonly is: "looking" }
  | { readonly is: "ready"; readonly facts: Incoming }
  | { readonly is: "failed"; readonly reason: string };

export interface IncomingFile {
  /** Tells files apart, also those of one name. */
  readonly key: number;
  readonly name: string;
  readonly step: IncomingStep;
}

export interface IncomingWork {
  /** @returns the upload's id */
  send: (file: File, on: { onProgress: (received: number) => void; signal: AbortSignal }) => Promise<string>;
  look: (from: { upload: string } | { path: string }) => Promise<Incoming>;
}

interface Job {
  readonly key: number;
  readonly source: IncomingSource;
  readonly abort: AbortController;
  step: IncomingStep;
}

export class IncomingQueue {
  private jobs: Job[] = [];
  private shown: readonly IncomingFile[] = [];
  private readonly listeners = new Set<() => void>();
  private lastKey = 0;
  private isWorking = false;

  constructor(private readonly work: IncomingWork) {}

  /** All files in their order; another array whenever something changed. */
  readonly files = (): readonly IncomingFile[] => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  add(sources: readonly IncomingSource[]): void {
    const added = sources.map((source): Job => ({
      key: ++this.lastKey,
      source,
      abort: new AbortController(),
      step: { is: "waiting" },
    }));
    this.jobs = [...this.jobs, ...added];
    this.goOn();
  }

  /** Takes files off; what is being sent stops. What has arrived stays with the console, to go on from later. */
  remove(keys: readonly number[]): void {
    for (const job of this.jobs) if (keys.includes(job.key)) job.abort.abort();
    this.jobs = this.jobs.filter(({ key }) => !keys.includes(key));
    this.tell();
  }

  /** Puts a file that failed back in line. */
  retry(key: number): void {
    const job = this.jobs.find((each) => each.key === key);
    if (job?.step.is !== "failed") return;
    job.step = { is: "waiting" };
    this.goOn();
  }

  private goOn(): void {
    this.tell();
    if (!this.isWorking) void this.run();
  }

  private async run(): Promise<void> {
    this.isWorking = true;
    for (;;) {
      const next = this.jobs.find(({ step }) => step.is === "waiting");
      if (!next) break;
      await this.bringIn(next);
    }
    this.isWorking = false;
  }

  private async bringIn(job: Job): Promise<void> {
    const { source, abort } = job;
    const set = (step: IncomingStep) => {
      job.step = step;
      if (!abort.signal.aborted) this.tell();
    };
    try {
      let from: Parameters<IncomingWork["look"]>[0];
      if ("file" in source) {
        const { file } = source;
        const sending = (received: number) => set({ is: "sending", received, size: file.size });
        sending(0);
        from = { upload: await this.work.send(file, { onProgress: sending, signal: abort.signal }) };
      } else from = source;
      if (abort.signal.aborted) return;
      set({ is: "looking" });
      set({ is: "ready", facts: await this.work.look(from) });
    } catch (error) {
      set({ is: "failed", reason: (error as Error).message });
    }
  }

  private tell(): void {
    this.shown = this.jobs.map(({ key, source, step }) => ({ key, name: nameOf(source), step }));
    for (const listener of this.listeners) listener();
  }
}

function nameOf(source: IncomingSource): string {
  return "file" in source ? source.file.name : source.path.split(/[\\/]/).at(-1)!;
}
