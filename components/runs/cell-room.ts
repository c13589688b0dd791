/**
 * Which texts of a table may be too long for their column. Only those are clipped: the browser takes every clip into
 * account at every frame in which a list is scrolled, and a dozen in each row cost more than drawing the rows. Pure.
 */
import { ROOMY_LETTERS, textWidth } from "@/components/ui/text-width";

/** The class of a cell or of a text in it. @param room pixels for the text where the column is at its narrowest */
export function clipIfLong(text: string, room: number): "clip" | "" {
  return textWidth(text, ROOMY_LETTERS) > room ? "clip" : "";
}
