/** What stands at the head of a card (README.md) as Hugging Face writes it: YAML between two lines of dashes. */
import { type Document, parse, parseDocument } from "yaml";

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

/**
 * A card taken apart: its head to be changed, comments and order kept, and what stands below. `cardText` puts them together.
 * @returns null where there is no head, or none that can be read
 */
export function cardParts(card: string): { head: Document; body: string } | null {
  const [, front, body] = /^---\r?\n([\s\S]*?)\r?\n---(\r?\n[\s\S]*|)$/.exec(card) ?? [];
  if (front === undefined || body === undefined) return null;
  const head = parseDocument(front);
  return head.errors.length === 0 ? { head, body } : null;
}

export function cardText(head: Document, body: string): string {
  return `---\n${String(head).trimEnd()}\n---${body}`;
}
