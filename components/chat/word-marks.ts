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
const MAX_EDITS = 1_500;

const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** Words, spaces and signs of a text, in order; Chinese and Japanese are cut into words too. */
export function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** `text` cut into kept and changed stretches against `base`; together they are `text` again. */
export function markWords(base: string, text: string): Segment[] {
  const words = wordsOf(text);
  const changes = diffArrays(wordsOf(base).filter(hasInk), words.filter(hasInk), {
    maxEditLength: MAX_EDITS,
  });
  if (!changes) return text === "" ? [] : [{ text, changed: true }];
  const changed = changes
    .filter((change) => !change.removed)
    .flatMap((change) => change.value.map(() => change.added));
  return joinSegments(words, changed);
}

function hasInk(word: string): boolean {
  return word.trim() !== "";
}

/** Spaces belong to the marking only between two changed words, so that a changed phrase is one stretch. */
function joinSegments(words: readonly string[], changed: readonly boolean[]): Segment[] {
  const segments: Segment[] = [];
  let next = 0;
  let spaces = "";

  function add(text: string, isChanged: boolean) {
    const last = segments.at(-1);
    if (text === "") return;
    if (last?.changed === isChanged) last.text += text;
    else segments.push({ text, changed: isChanged });
  }

  for (const word of words) {
    if (!hasInk(word)) {
      spaces += word;
      continue;
    }
    const isChanged = changed[next] ?? false;
    next += 1;
    add(spaces, isChanged && (segments.at(-1)?.changed ?? false));
    spaces = "";
    add(word, isChanged);
  }
  add(spaces, false);
  return segments;
}
