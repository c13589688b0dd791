/** Reading values of a configuration that nobody has parsed yet: YAML, form fields and command lines spell them freely. */

/** A configuration as written: values by argument name, possibly as text. */
export type Configuration = Readonly<Record<string, unknown>>;

/** Whether a switch is on, in any spelling. */
export function isOn(value: unknown): boolean {
  return (
    value === true ||
    value === 1 ||
    (typeof value === "string" && ["true", "1", "yes", "on"].includes(value.trim().toLowerCase()))
  );
}

/** A value as text; lists with commas between, nothing as "". */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (Array.isArray(value)) return value.map(textOf).join(",");
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** `lora_target` and its like as names: "q_proj, v_proj" → ["q_proj", "v_proj"]; missing → []. */
export function splitList(text: string | undefined | null): string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}
