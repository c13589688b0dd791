/**
 * The elements of a JSON list in a file, one after the other, read in pieces: the file may be larger than memory, and
 * larger than the longest text that JavaScript can hold. It does not know what the elements mean.
 */
import { createReadStream } from "node:fs";

/** What is wrong with a list, and where: `element` counts from 1. */
export class JsonListError extends Error {
  constructor(
    readonly reason: string,
    readonly element: number,
  ) {
    super(reason);
  }
}

const SPACE = /[\s\ufeff]/;

/** What the file's first character that is no space opens: "[", "{", … or "" where there is none. */
export async function firstCharacter(file: string): Promise<string> {
  const input = createReadStream(file, { encoding: "utf8", highWaterMark: 4096 });
  try {
    for await (const piece of input as AsyncIterable<string>) {
      for (const character of piece) if (!SPACE.test(character)) return character;
    }
    return "";
  } finally {
    input.destroy();
  }
}

/**
 * Every element of the list, parsed; no more of the file is read than is asked for.
 * @throws JsonListError where an element is not valid JSON, the list does not end, or something follows it
 */
export async function* jsonListElements(file: string): AsyncGenerator<unknown> {
  const input = createReadStream(file, "utf8");
  const cutter = new ElementCutter();
  try {
    for await (const piece of input as AsyncIterable<string>) {
      for (const text of cutter.feed(piece)) yield parsed(text, cutter.count);
    }
    cutter.end();
  } finally {
    input.destroy();
  }
}

function parsed(text: string, element: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new JsonListError((error as Error).message, element);
  }
}

/** Finds where elements begin and end, by depth and quotes alone; what lies between is JSON.parse's business. */
class ElementCutter {
  /** Elements given out so far. */
  count = 0;
  private phase: "before" | "inside" | "after" = "before";
  private depth = 0;
  private quoted = false;
  private escaped = false;
  /** The beginning of an element whose end is in a later piece. */
  private open: string[] = [];
  private sawComma = false;

  *feed(piece: string): Generator<string> {
    let start = 0;
    for (let i = 0; i < piece.length; i++) {
      const character = piece[i]!;
      if (this.quoted) {
        if (this.escaped) this.escaped = false;
        else if (character === "\\") this.escaped = true;
        else if (character === '"') this.quoted = false;
        continue;
      }
      if (this.phase !== "inside") {
        if (SPACE.test(character)) continue;
        if (this.phase === "after")
          throw new JsonListError(`"${character}" follows the list's end`, this.count);
        if (character !== "[") throw new JsonListError("it is not a list", 0);
        this.phase = "inside";
        start = i + 1;
        continue;
      }
      if (character === '"') this.quoted = true;
      else if (character === "[" || character === "{") this.depth++;
      else if (this.depth > 0) {
        if (character === "]" || character === "}") this.depth--;
      } else if (character === "," || character === "]") {
        this.open.push(piece.slice(start, i));
        start = i + 1;
        const text = this.open.join("");
        this.open = [];
        const isEmpty = text.trim() === "";
        if (isEmpty && (character === "," || this.sawComma))
          throw new JsonListError("an element is missing between two commas", this.count + 1);
        this.sawComma = character === ",";
        if (character === "]") this.phase = "after";
        if (isEmpty) continue;
        this.count++;
        yield text;
      }
    }
    if (this.phase === "inside") this.open.push(piece.slice(start));
  }

  end(): void {
    if (this.phase === "after") return;
    throw new JsonListError("the list does not end: the file may have been cut short", this.count + 1);
  }
}
