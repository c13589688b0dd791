/**
 * Token ids in, text out, as it becomes certain: waits where a character is spread over several tokens and where the
 * text so far may turn into a stop string. It does not know models.
 */

/** Ids -> text; special tokens are the decoder's business. */
export type Decode = (ids: readonly number[]) => string;

export interface TextPiece {
  readonly text: string;
  /** A stop string was met: `text` ends before it and nothing follows. */
  readonly stopped: boolean;
}

export interface TextStream {
  push(id: number): TextPiece;
  /** What was still held back, once no more ids come. */
  end(): string;
}

/** What a decoder writes for bytes that are no whole character yet. */
const INCOMPLETE = "\uFFFD";

export function createTextStream(decode: Decode, stopStrings: readonly string[] = []): TextStream {
  const detokenizer = createDetokenizer(decode);
  const stops = stopStrings.filter((stop) => stop !== "");
  let held = "";

  const release = (fresh: string): TextPiece => {
    held += fresh;
    const cut = firstOccurrence(held, stops);
    if (cut !== null) {
      const text = held.slice(0, cut);
      held = "";
      return { text, stopped: true };
    }
    const safe = held.length - longestBeginning(held, stops);
    const text = held.slice(0, safe);
    held = held.slice(safe);
    return { text, stopped: false };
  };

  return {
    push: (id) => release(detokenizer.push(id)),
    end() {
      const { text, stopped } = release(detokenizer.end());
      return stopped ? text : text + held;
    },
  };
}

/**
 * Decodes a growing list of ids piece by piece. Each piece is the difference of two decodes that share their
 * beginning, so decoders which treat the first token differently (a leading space) still give the whole's text; the
 * shared beginning moves on, so the cost of a token does not grow with the answer.
 */
function createDetokenizer(decode: Decode): { push(id: number): string; end(): string } {
  let window: number[] = [];
  let emitted = 0;

  const difference = () => decode(window).slice(decode(window.slice(0, emitted)).length);
  return {
    push(id) {
      window.push(id);
      const fresh = difference();
      if (fresh === "" || fresh.endsWith(INCOMPLETE)) return "";
      window = window.slice(emitted);
      emitted = window.length;
      return fresh;
    },
    end: () => difference(),
  };
}

/** The earliest index in `text` at which one of `needles` begins; null where none does. */
function firstOccurrence(text: string, needles: readonly string[]): number | null {
  const found = needles.map((needle) => text.indexOf(needle)).filter((index) => index >= 0);
  return found.length > 0 ? Math.min(...found) : null;
}

/** The length of the longest end of `text` that is a proper beginning of one of `needles`. */
function longestBeginning(text: string, needles: readonly string[]): number {
  let longest = 0;
  for (const needle of needles) {
    for (let length = Math.min(needle.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(needle.slice(0, length))) longest = length;
    }
  }
  return longest;
}
