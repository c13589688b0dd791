/**
 * Line and column of what is wrong in a JSON text or in a file of any size. It does not know what the text is for.
 */
import { createReadStream } from "node:fs";
import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";
import type { TextPlace } from "@/server/contract/datasets";

/** What is wrong with a JSON text, in words, and where it is: an offset in UTF-16 units. */
export interface JsonFault {
  readonly words: string;
  readonly offset: number;
}

const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: "an unknown word",
  InvalidNumberFormat: "a number that is none",
  PropertyNameExpected: "a name in quotes is expected",
  ValueExpected: "a value is expected",
  ColonExpected: "a colon is expected",
  CommaExpected: "a comma is expected",
  CloseBraceExpected: "a closing } is expected",
  CloseBracketExpected: "a closing ] is expected",
  EndOfFileExpected: "something follows the end",
  InvalidCommentToken: "comments are not allowed in JSON",
  UnexpectedEndOfComment: "a comment does not end",
  UnexpectedEndOfString: "a text does not end: a closing quote is expected",
  UnexpectedEndOfNumber: "a number breaks off",
  InvalidUnicode: "\\u must be followed by four digits from 0 to f",
  InvalidEscapeCharacter: "a backslash is followed by a letter that it does not go with",
  InvalidCharacter: "a line break or control character inside a text; write \\n",
};

/** The first fault of a JSON text; null where it is sound. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text.replace(/^\ufeff/, ""));
    return null;
  } catch (error) {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: true });
    const first = errors[0];
    if (!first) return { words: (error as Error).message, offset: 0 };
    const code = printParseErrorCode(first.error);
    return { words: WORDS[code] ?? code, offset: first.offset };
  }
}

/** Line and column of an offset in a text, both from 1. */
export function placeInText(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}

/** Line and column of a byte of a file, both from 1; columns count characters. */
export async function placeInFile(file: string, byte: number): Promise<TextPlace> {
  let line = 1;
  let lastLine: Buffer[] = [];
  if (byte > 0) {
    for await (const chunk of createReadStream(file, { end: byte - 1, highWaterMark: 1 << 20 })) {
      let bytes = chunk as Buffer;
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10)) {
        line++;
        lastLine = [];
        bytes = bytes.subarray(at + 1);
      }
      lastLine.push(bytes);
    }
  }
  return {
    line,
    column:
      Buffer.concat(lastLine)
        .toString("utf8")
        .replace(/^\ufeff/, "").length + 1,
  };
}

/** A place that lies `inner` further on, where `inner` is counted from there. */
export function placeBeyond(start: TextPlace, inner: TextPlace): TextPlace {
  return inner.line === 1
    ? { line: start.line, column: start.column + inner.column - 1 }
    : { line: start.line + inner.line - 1, column: inner.column };
}
