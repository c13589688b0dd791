/**
 * How wide a text is, about, without asking the browser, which would lay out the page anew to say it. It knows two kinds
 * of letters: narrow ones, and those of Chinese, Japanese and Korean, which are as wide as they are high. Pure.
 */

export interface LetterWidths {
  /** Pixels of a narrow letter. */
  readonly narrow: number;
  readonly wide: number;
}

/** The interface's 12 px, on the average: for placing. */
export const SMALL_LETTERS: LetterWidths = { narrow: 6.8, wide: 12 };
/** The interface's 13 px, rather too wide: for what must fit in any case. */
export const ROOMY_LETTERS: LetterWidths = { narrow: 8, wide: 14 };

const WIDE_FROM = "\u2e80";

/** @returns pixels */
export function textWidth(text: string, { narrow, wide }: LetterWidths): number {
  let width = 0;
  for (const letter of text) width += letter >= WIDE_FROM ? wide : narrow;
  return width;
}
