/** Work that a page's first look can do without. */

/** The longest wait for a calm moment. */
const PATIENCE_MS = 500;

/**
 * Calls `then` once the page has nothing more urgent to do, and soon in any case.
 * @returns a function that calls it off
 */
export function whenCalm(then: () => void): () => void {
  if ("requestIdleCallback" in window) {
    const asked = requestIdleCallback(then, { timeout: PATIENCE_MS });
    return () => cancelIdleCallback(asked);
  }
  const timer = setTimeout(then, PATIENCE_MS);
  return () => clearTimeout(timer);
}
