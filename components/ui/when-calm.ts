/** Work that a page's first look can do without. */

/** What a page shows first is on its way for this long at least, though its scripts may rest while answers come. */
const FIRST_LOOK_MS = 300;
/** The longest wait for a calm moment after that. */
const PATIENCE_MS = 700;

/**
 * Calls `then` once the page has nothing more urgent to do, and soon in any case.
 * @returns a function that calls it off
 */
export function whenCalm(then: () => void): () => void {
  let callOff = () => {};
  const timer = setTimeout(() => {
    // Not every browser tells when it is idle.
    if (!("requestIdleCallback" in window)) return then();
    const asked = requestIdleCallback(then, { timeout: PATIENCE_MS });
    callOff = () => cancelIdleCallback(asked);
  }, FIRST_LOOK_MS);
  return () => {
    clearTimeout(timer);
    callOff();
  };
}
