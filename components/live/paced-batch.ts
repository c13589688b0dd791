/**
 * Collects items and hands them over together: the first at once, those that follow it closely after a short pause. So
 * a single message is on the screen with the next frame, and a burst costs a few renders instead of hundreds. It uses
 * timers, not frames: a hidden tab has no frames.
 */

export interface PacedBatch<T> {
  add: (item: T) => void;
  /** Hands over now what waits. */
  flush: () => void;
}

/** A batch that calls `flush` with everything added, in order, at most every `pauseMs`. */
export function createPacedBatch<T>(flush: (items: T[]) => void, pauseMs: number): PacedBatch<T> {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last = -Infinity;

  function run() {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    last = performance.now();
    const ready = items;
    items = [];
    flush(ready);
  }

  return {
    add(item) {
      items.push(item);
      timer ??= setTimeout(run, Math.max(0, last + pauseMs - performance.now()));
    },
    flush() {
      if (timer !== null) run();
    },
  };
}
