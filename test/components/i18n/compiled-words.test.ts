/** Each page sends the words that its components say and no others, compiled as the browser's formatter wants them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compiledWords } from "@/components/i18n/compiled-words";
import { LOCALES } from "@/components/i18n/locale";
import { messagesOf } from "@/components/i18n/messages";

const ROOT = path.resolve(import.meta.dirname, "../../..");

function importedFile(from: string, name: string): string | null {
  if (!/^(@\/|\.)/.test(name)) return null;
  const base = name.startsWith("@/")
    ? path.join(ROOT, name.slice(2))
    : path.resolve(path.dirname(from), name);
  return [".tsx", ".ts"].map((ending) => base + ending).find((file) => existsSync(file)) ?? null;
}

/** The file and every component that it imports, at once or later. */
function withImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file) || file.includes(`${path.sep}server${path.sep}`)) return found;
  found.add(file);
  const code = readFileSync(file, "utf8").replace(/import type[^;]*;/g, "");
  for (const [, name] of code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    const next = importedFile(file, name!);
    if (next) withImports(next, found);
  }
  return found;
}

function roomsSaidBy(file: string): Set<string> {
  const code = [...withImports(file)].map((each) => readFileSync(each, "utf8")).join("\n");
  return new Set([...code.matchAll(/useTranslations\("([\w.]+)"/g)].map(([, room]) => room!));
}

const holds = (outer: string, inner: string) => inner === outer || inner.startsWith(`${outer}.`);
const pages = readdirSync(path.join(ROOT, "app"), { recursive: true, encoding: "utf8" }).filter(
  (file) => path.basename(file) === "page.tsx" && file !== "page.tsx",
);

describe("the words of a page", () => {
  it.each(pages)("app/%s are those that its components say", (page) => {
    const file = path.join(ROOT, "app", page);
    const [, list = ""] = /<PageWords\s+of=\{\[([^\]]*)\]\s*\}\s*>/.exec(readFileSync(file, "utf8")) ?? [];
    const sent = [...list.matchAll(/"([\w.]+)"/g)].map(([, room]) => room!);
    const said = [...roomsSaidBy(file)].filter((room) => !holds("shell", room));
    expect(
      said.filter((room) => !sent.some((each) => holds(each, room))),
      "said but not sent",
    ).toEqual([]);
    expect(
      sent.filter((room) => !said.some((each) => holds(room, each))),
      "sent but not said",
    ).toEqual([]);
  });

  it.each(["layout.tsx", "error.tsx", "not-found.tsx"])("app/%s are in the frame", (file) => {
    const said = [...roomsSaidBy(path.join(ROOT, "app", file))];
    expect(said).not.toEqual([]);
    expect(said.filter((room) => !holds("shell", room))).toEqual([]);
  });
});

describe("compiledWords", () => {
  it("puts a part of a room where the whole room has it", () => {
    const words = compiledWords("en", ["chat", "train.data"]);
    expect(Object.keys(words)).toEqual(["chat", "train"]);
    expect(Object.keys(words.train as object)).toEqual(["data"]);
  });

  it.each(LOCALES)("leaves plain sentences of %s as they are", (locale) => {
    expect(compiledWords(locale, ["shell"]).shell).toMatchObject({ search: messagesOf(locale).shell.search });
  });

  it("compiles values and plurals, so that no parser is needed", () => {
    const { runs } = compiledWords("en", ["runs"]) as { runs: { selected: unknown } };
    expect(messagesOf("en").runs.selected).toContain("{count");
    expect(Array.isArray(runs.selected)).toBe(true);
  });

  it("holds plain objects only, the only ones that React sends to the browser", () => {
    const strange: object[] = [];
    const look = (value: unknown) => {
      if (typeof value !== "object" || value === null) return;
      if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) strange.push(value);
      Object.values(value).forEach(look);
    };
    look(compiledWords("en", ["runs", "run", "train"]));
    expect(strange).toEqual([]);
  });
});
