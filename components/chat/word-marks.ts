/**
 * Finds the words of an answer that another one does not say at that place, for marking. Text only; no markup.
 */
import { diffArrays } from "diff";

export interface Segment {
  text: string;
  /** Whether the other answer does not say it here. */
  changed: boolean;
}

/** Beyond this many differing words the answers have nothing in common; looking on would only cost time. */
const MAX_EDITS = 500;

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** Words, spaces and signs of a text, in order; Chinese and Japanese are cut into words too. */
export function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** `text` cut into kept and changed stretches against `base`; together they are `text` again. */
export function markWords(base: string, text: string): Segment[] {
  const parts = wordsOf(text);
  const changes = diffArrays(wordsOf(base).filter(isWord), parts.filter(isWord), {
    maxEditLength: MAX_EDITS,
  });
  if (!changes) return text === "" ? [] : [{ text, changed: true }];
  const changed = changes
    .filter((change) => !change.removed)
    .flatMap((change) => change.value.map(() => change.added));
  return joinSegments(parts, changed);
}

/** Whether a part says something; spaces and signs go with the words around them. */
function isWord(part: string): boolean {
  return /[\p{L}\p{N}]/u.test(part);
}

/** A sign is marked with the word before it, a space only between two changed words: a changed phrase is one stretch. */
function joinSegments(parts: readonly string[], changed: readonly boolean[]): Segment[] {
  const segments: Segment[] = [];
  let next = 0;
  let marking = false;
  let spaces = "";

  function add(text: string, isChanged: boolean) {
    const last = segments.at(-1);
    if (text === "") return;
    if (last?.changed === isChanged) last.text += text;
    else segments.push({ text, changed: isChanged });
  }

  for (const part of parts) {
    if (part.trim() === "") {
      spaces += part;
      continue;
    }
    const before = marking;
    if (isWord(part)) {
      marking = changed[next] ?? false;
      next += 1;
    }
    add(spaces, before && marking);
    spaces = "";
    add(part, marking);
  }
  add(spaces, false);
  return segments;
}
