/**
 * Numbers and JSON as Python writes them, so that files here and LLaMA-Factory's are the same to any reader.
 * An integer-valued float is 1.0 there and 1 here, so floats are marked: see `float`.
 */

/** A number that Python would have as a float: written with a point or an exponent. */
class PythonFloat {
  constructor(readonly value: number) {}
}

/** Marks a number as a float for `pythonJson`. */
export function float(value: number): PythonFloat {
  return new PythonFloat(value);
}

/** What `pythonJson` writes. Plain numbers are integers where they are whole. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | PythonFloat
  | readonly PythonValue[]
  | { readonly [key: string]: PythonValue | undefined };

/** Python's repr of a float: `0.5`, `1.0`, `5e-05`, `1e+16`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "-Infinity" : "Infinity";
  const [digits, exponentText] = value.toExponential().split("e") as [string, string];
  const exponent = Number(exponentText);
  if (Object.is(value, -0)) return "-0.0";
  if (exponent >= -4 && exponent < 16) {
    const fixed = exponent < 0 ? value.toFixed(Math.min(100, decimals(digits) - exponent)) : String(value);
    return fixed.includes(".") ? fixed : `${fixed}.0`;
  }
  return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function decimals(digits: string): number {
  const point = digits.indexOf(".");
  return point < 0 ? 0 : digits.length - point - 1;
}

/**
 * `json.dumps` with its default separators; with `indent` one entry a line. Keys that are undefined are left out.
 * Text stays as it is (ensure_ascii false).
 */
export function pythonJson(value: PythonValue, indent = 0): string {
  return write(value, indent, "");
}

function write(value: PythonValue, indent: number, margin: string): string {
  if (value instanceof PythonFloat) return pythonFloat(value.value);
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : pythonFloat(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);

  const inner = margin + " ".repeat(indent);
  const isList = Array.isArray(value);
  const parts = isList
    ? (value as readonly PythonValue[]).map((item) => write(item, indent, inner))
    : Object.entries(value as Record<string, PythonValue | undefined>)
        .filter((entry): entry is [string, PythonValue] => entry[1] !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${write(item, indent, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  if (indent === 0) return `${open}${parts.join(", ")}${close}`;
  return `${open}\n${parts.map((part) => inner + part).join(",\n")}\n${margin}${close}`;
}

/** Python's `str(timedelta(seconds=…))` of whole seconds: `0:00:07`, `1 day, 2:03:04`. */
export function pythonDuration(seconds: number): string {
  const whole = Math.trunc(seconds);
  const days = Math.floor(whole / 86_400);
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${Math.floor((whole % 86_400) / 3600)}:${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return days === 0 ? clock : `${days} day${days === 1 ? "" : "s"}, ${clock}`;
}

/** Python's `round(value, digits)` closely enough for what is logged. */
export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
