/**
 * Takes turns: several pieces of work that each advance step by step share one thread, one step each, round and round,
 * so that two answers stream at the same time. It does not know what a step is.
 */

/** One step; true once the work is done. */
export type Step = () => Promise<boolean>;

export interface FairQueue {
  /** Resolves when `step` has returned true; rejects with what it throws. Other work goes on either way. */
  run(step: Step): Promise<void>;
  /** How much work is under way. */
  readonly size: number;
}

interface Work {
  readonly step: Step;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export function createFairQueue(): FairQueue {
  const waiting: Work[] = [];
  let running = false;
  let size = 0;

  async function drain(): Promise<void> {
    running = true;
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      try {
        if (await work.step()) {
          size--;
          work.resolve();
        } else waiting.push(work);
      } catch (error) {
        size--;
        work.reject(error);
      }
      // Computing blocks the thread; between steps it must hear of new work and of aborts.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    running = false;
  }

  return {
    run: (step) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ step, resolve, reject });
        size++;
        if (!running) void drain();
      }),
    get size() {
      return size;
    },
  };
}
