/**
 * YAML as the form needs it: entries of one line are read and written here; for anything else a whole YAML library comes
 * when the page has been shown, since most forms never need one.
 */
import type * as Yaml from "yaml";

type Entries = Record<string, unknown>;

let library: typeof Yaml | null = null;

/** Brings the library. Until then only text for which `needsLibrary` is false can be read. */
export async function loadYaml(): Promise<void> {
  library ??= await import("yaml");
}

/** Whether a text cannot be read yet. */
export function needsLibrary(text: string): boolean {
  return library === null && text.trim() !== "" && readEntries(text) === null && readJson(text) === undefined;
}

/** What a YAML (or JSON) text says. @throws Error that says where it is malformed */
export function parseYaml(text: string): unknown {
  const value = readEntries(text) ?? readJson(text);
  if (value !== undefined) return value;
  if (!library) throw new Error("The page is still loading what reads this.");
  return library.parse(text);
}

/** A mapping as YAML, one line per entry. */
export function writeYaml(entries: Readonly<Entries>): string {
  return Object.entries(entries)
    .map(([name, value]) => `${name}: ${writeValue(value)}\n`)
    .join("");
}

function writeValue(value: unknown): string {
  if (typeof value === "string" && PLAIN.test(value) && readScalar(value) === value) return value;
  // JSON is YAML.
  return JSON.stringify(value);
}

function readJson(text: string): unknown {
  if (!/^\s*[{["]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Text of the form `name: value`, one a line, with plain values; null where it is something else. */
function readEntries(text: string): Entries | null {
  const entries: Entries = {};
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, name, written = ""] = /^([A-Za-z_][\w.]*):(?:[ \t]+(.*?))?[ \t]*$/.exec(line) ?? [];
    if (name === undefined || Object.hasOwn(entries, name)) return null;
    const value = readScalar(written);
    if (value === undefined) return null;
    entries[name] = value;
  }
  return Object.keys(entries).length > 0 ? entries : null;
}

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/;
const PLAIN = /^[\p{L}/.](?:[\p{L}\p{N}_/.,@%+\\-]|:(?=\S))*(?: (?:[\p{L}\p{N}_/.,@%+\\-]|:(?=\S))+)*$/u;

/** As YAML 1.2 reads a value that stands on one line; undefined where that takes the library. */
function readScalar(written: string): unknown {
  if (/^(true|True|TRUE)$/.test(written)) return true;
  if (/^(false|False|FALSE)$/.test(written)) return false;
  if (/^(null|Null|NULL|~)$/.test(written)) return null;
  if (NUMBER.test(written)) return Number(written);
  if (/^\.(inf|nan)/i.test(written)) return undefined;
  if (PLAIN.test(written)) return written;
  // An empty value may have what it holds on the lines below; quoted text and lists are read where they are JSON too.
  return written === "" ? undefined : readJson(written);
}
