/** Which of the six series colours a run has: the same one in every chart and table, told from its id. */

const COLOURS = ["var(--s1)", "var(--s2)", "var(--s3)", "var(--s4)", "var(--s5)", "var(--s6)"] as const;

function hash(text: string): number {
  let value = 2166136261;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  }
  return value >>> 0;
}

/** Colours of runs drawn together: each its own where free, else the next free one, so that no two are alike. */
export function runColours(ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<number>();
  const colours = new Map<string, string>();
  for (const id of ids) {
    let slot = hash(id) % COLOURS.length;
    if (taken.size >= COLOURS.length) taken.clear();
    while (taken.has(slot)) slot = (slot + 1) % COLOURS.length;
    taken.add(slot);
    colours.set(id, COLOURS[slot]!);
  }
  return colours;
}
