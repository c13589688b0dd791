/** Separates what a reasoning model thought (`<think>…</think>`) from what it said. */

export interface ThinkText {
  /** null where the answer has no thinking. */
  thought: string | null;
  /** Whether the closing tag has not come yet. */
  thinking: boolean;
  said: string;
}

const OPEN = "<think>";
const CLOSE = "</think>";

/**
 * Splits an answer, finished or still coming. A closing tag without an opening one counts too: some templates put
 * `<think>` into the prompt. A tag of which only a part has come is held back, so it never flashes up as text.
 */
export function splitThink(text: string): ThinkText {
  const body = text.trimStart();
  const close = body.indexOf(CLOSE);
  if (body.startsWith(OPEN)) {
    if (close < 0)
      return { thought: withoutPartOf(CLOSE, body.slice(OPEN.length)).trim(), thinking: true, said: "" };
    return { thought: body.slice(OPEN.length, close).trim(), thinking: false, said: after(body, close) };
  }
  if (close >= 0) return { thought: body.slice(0, close).trim(), thinking: false, said: after(body, close) };
  if (body !== "" && OPEN.startsWith(body)) return { thought: "", thinking: true, said: "" };
  return { thought: null, thinking: false, said: text };
}

function after(body: string, close: number): string {
  return body.slice(close + CLOSE.length).trimStart();
}

/** `text` without a trailing beginning of `tag`. */
function withoutPartOf(tag: string, text: string): string {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(tag.slice(0, length))) return text.slice(0, -length);
  }
  return text;
}
