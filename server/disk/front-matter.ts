/** What stands at the head of a card (README.md) as Hugging Face writes it: YAML between two lines of dashes. */
import { parse } from "yaml";

/** @returns the YAML's value; null where there is none or it cannot be read */
export function frontMatter(card: string): unknown {
  const head = /^---\r?\n([\s\S]*?)\r?\n---/.exec(card)?.[1];
  if (head === undefined) return null;
  try {
    return parse(head);
  } catch {
    return null;
  }
}
