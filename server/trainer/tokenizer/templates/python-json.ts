/**
 * JSON as Python reads and writes it: `json.dumps` puts a space after commas and colons, keeps the order of keys and
 * tells 1 from 1.0. Tool descriptions and calls pass through it, and their tokens depend on every character.
 */

/** A number, as Python would print it. */
export class PythonNumber {
  constructor(readonly text: string) {}
}

export type JsonObject = Map<string, JsonValue>;
export type JsonValue = null | boolean | string | PythonNumber | JsonValue[] | JsonObject;

/** `json.loads`. @throws SyntaxError */
export function parseJson(text: string): JsonValue {
  const reader = new JsonReader(text);
  const value = reader.value();
  reader.end();
  return value;
}

const TOKEN =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null|NaN|-?Infinity))/sy;
const END = /[ \t\n\r]*$/y;

class JsonReader {
  private at = 0;
  constructor(private readonly text: string) {}

  private next(): RegExpExecArray {
    TOKEN.lastIndex = this.at;
    const match = TOKEN.exec(this.text);
    if (!match) throw new SyntaxError(`unexpected text at position ${this.at}`);
    this.at = TOKEN.lastIndex;
    return match;
  }

  private peek(mark: string): boolean {
    const before = this.at;
    TOKEN.lastIndex = before;
    const match = TOKEN.exec(this.text);
    if (match?.[1] !== mark) return false;
    this.at = TOKEN.lastIndex;
    return true;
  }

  private expect(mark: string): void {
    if (!this.peek(mark)) throw new SyntaxError(`"${mark}" expected at position ${this.at}`);
  }

  end(): void {
    END.lastIndex = this.at;
    if (!END.test(this.text)) throw new SyntaxError(`extra text at position ${this.at}`);
  }

  value(): JsonValue {
    const [, mark, string, number, word] = this.next();
    if (string !== undefined) return JSON.parse(string) as string;
    if (number !== undefined) return new PythonNumber(pythonNumber(number));
    if (word !== undefined) {
      if (word === "null") return null;
      return word === "true" || word === "false" ? word === "true" : new PythonNumber(word);
    }
    if (mark === "[") return this.array();
    if (mark === "{") return this.object();
    throw new SyntaxError(`a value expected at position ${this.at}`);
  }

  private array(): JsonValue[] {
    const items: JsonValue[] = [];
    if (this.peek("]")) return items;
    do items.push(this.value());
    while (this.peek(","));
    this.expect("]");
    return items;
  }

  private object(): JsonObject {
    const entries: JsonObject = new Map();
    if (this.peek("}")) return entries;
    do {
      const key = this.value();
      if (typeof key !== "string") throw new SyntaxError(`a key expected at position ${this.at}`);
      this.expect(":");
      entries.set(key, this.value());
    } while (this.peek(","));
    this.expect("}");
    return entries;
  }
}

function pythonNumber(text: string): string {
  if (!/[.eE]/.test(text)) return /^-0+$/.test(text) ? "0" : text;
  const value = Number(text);
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return pythonFloat(value);
}

/** Python's `repr` of a float. */
export function pythonFloat(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa, exponentText] = value.toExponential().split("e") as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? "-" : "+";
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  if (exponent >= 0) return Number.isInteger(value) ? `${value}.0` : String(value);
  // JavaScript would write 0.0000123 only down to 1e-7, which is past Python's limit.
  return String(value);
}

/** `json.dumps(value, ensure_ascii=False)`, with `indent` where given. */
export function dumpJson(value: JsonValue, indent?: number): string {
  return write(value, indent, 0);
}

function write(value: JsonValue, indent: number | undefined, depth: number): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quote(value);
  if (value instanceof PythonNumber) return value.text;
  const isArray = Array.isArray(value);
  const parts = isArray
    ? value.map((item) => write(item, indent, depth + 1))
    : [...value].map(([key, item]) => `${quote(key)}: ${write(item, indent, depth + 1)}`);
  const [open, close] = isArray ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return open + close;
  if (indent === undefined) return open + parts.join(", ") + close;
  const pad = (level: number) => `\n${" ".repeat(indent * level)}`;
  return open + pad(depth + 1) + parts.join(`,${pad(depth + 1)}`) + pad(depth) + close;
}

/** JSON.stringify, but lone surrogates stay as they are. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /\\u(d[89a-f][0-9a-f]{2})/g,
    (escape, code: string, at: number, whole: string) =>
      isEscaped(whole, at) ? escape : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

/** A value of plain JavaScript (JSON.parse) as Python would hold it; numbers without a fraction become integers. */
export function fromPlain(value: unknown): JsonValue {
  if (typeof value === "number") {
    return new PythonNumber(
      Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : pythonFloat(value),
    );
  }
  if (Array.isArray(value)) return value.map(fromPlain);
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value).map(([key, item]) => [key, fromPlain(item)]));
  }
  return (value ?? null) as null | boolean | string;
}

/** Python's `str(value)`: text as it is, the rest as Python prints it. */
export function pythonText(value: JsonValue): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

function pythonRepr(value: JsonValue): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string")
    return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${escapeRepr(value)}'`;
  if (value instanceof PythonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(", ")}]`;
  return `{${[...value].map(([key, item]) => `${pythonRepr(key)}: ${pythonRepr(item)}`).join(", ")}}`;
}

const escapeRepr = (text: string) =>
  text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", "\\'")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t")
    .replaceAll("\r", "\\r");
