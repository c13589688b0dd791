/**
 * Collects items and hands them over together at the next animation frame, so that a burst of socket messages costs
 * one render. A hidden tab has no frames; there a timer does it.
 */

/** The longest that items wait where no frame comes. */
const MAX_WAIT_MS = 250;

export interface FrameBatch<T> {
  add: (item: T) => void;
  /** Hands over now what waits. */
  flush: () => void;
}

/** A batch that calls `flush` with all items added since the last frame, in order. */
export function createFrameBatch<T>(flush: (items: T[]) => void): FrameBatch<T> {
  let items: T[] = [];
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function cancel() {
    cancelAnimationFrame(frame);
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  function run() {
    cancel();
    const ready = items;
    items = [];
    flush(ready);
  }

  return {
    add(item) {
      items.push(item);
      if (timer !== null) return;
      frame = requestAnimationFrame(run);
      timer = setTimeout(run, MAX_WAIT_MS);
    },
    flush() {
      if (timer !== null) run();
    },
  };
}
