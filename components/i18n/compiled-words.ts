/**
 * The words of some rooms in one language, compiled: the browser then needs no parser of messages, only the part that
 * puts values in (next.config.js chooses it). For the server's render only; it does not know which page wants what.
 */
import compile from "icu-minify/compile";
import type { NamespaceKeys, NestedKeyOf } from "use-intl";
import type { Locale } from "./locale";
import { type Messages, messagesOf } from "./messages";

/** A room, or a part of one: "train", "models.memory". */
export type Room = NamespaceKeys<Messages, NestedKeyOf<Messages>>;

type Tree = { [name: string]: unknown };

/** Compiled once per language and room; the words do not change while the console runs. */
const known = new Map<string, unknown>();

/** The messages of `rooms` at the places where `messagesOf(locale)` has them, each as the formatter wants it. */
export function compiledWords(locale: Locale, rooms: readonly Room[]): Tree {
  const words: Tree = {};
  for (const room of rooms) {
    const path = room.split(".");
    const last = path.pop()!;
    let place = words;
    for (const name of path) place = (place[name] ??= {}) as Tree;
    const key = `${locale} ${room}`;
    if (!known.has(key)) known.set(key, compileAll(valueAt(messagesOf(locale), [...path, last])));
    place[last] = known.get(key);
  }
  return words;
}

function valueAt(messages: Messages, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Tree)[name], messages);
}

function compileAll(value: unknown): unknown {
  // The compiler's choices have no prototype, which React does not send to the browser.
  if (typeof value === "string") return JSON.parse(JSON.stringify(compile(value)));
  return Object.fromEntries(Object.entries(value as Tree).map(([name, inner]) => [name, compileAll(inner)]));
}
