/**
 * Which texts of a table may be too long for their column. Only those are clipped: the browser takes every clip into
 * account at every frame in which a list is scrolled, and a dozen in each row cost more than drawing the rows. Pure.
 */

/** Pixels of a letter at 13 px, those of wide writing by themselves; rather too many. */
const LETTER = 8;
const WIDE_LETTER = 14;
/** From here on letters are as wide as they are high: Chinese, Japanese, Korean. */
const WIDE_FROM = 0x1100;

/** The class of a cell or of a text in it. @param room pixels for the text where the column is at its narrowest */
export function clipIfLong(text: string, room: number): "clip" | "" {
  let width = 0;
  for (const letter of text) width += letter.codePointAt(0)! >= WIDE_FROM ? WIDE_LETTER : LETTER;
  return width > room ? "clip" : "";
}
