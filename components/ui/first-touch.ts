/** The moment at which somebody begins to use a page: what only a person's hand needs can wait for it. */

/** Not focus, which pages give by themselves; a click or a value may come without pointer and key, from a reader's help. */
const TOUCHES = ["pointerdown", "keydown", "click", "input", "dragenter"] as const;

/**
 * Calls `begin` at the first touch of the page by pointer, key, click, value or drag.
 * @returns a function that gives up waiting
 */
export function atFirstTouch(begin: () => void): () => void {
  const first = () => {
    stop();
    begin();
  };
  function stop() {
    for (const touch of TOUCHES) window.removeEventListener(touch, first);
  }
  for (const touch of TOUCHES) window.addEventListener(touch, first);
  return stop;
}
