/**
 * One thread, several answers: work is done one piece at a time, first come, first served. A generator that asks for a
 * turn again after each token queues up behind the others, so all of them stream at the same time.
 * It does not know what a piece of work is.
 */

export interface Turns {
  /** Runs `work` when everything asked for earlier is done; passes on its result or its failure. */
  take<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const turn = last.then(nextTick).then(work);
      // A failure is its owner's business; those behind it go on.
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** Computing blocks the thread; between two pieces it must hear of new work and of aborts. */
function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
