/**
 * What a row of the settings table can say: in which group it stands, with what kind of control, what stands in it at
 * first, and when it matters. Defaults and choices come from the argument table where a row does not say otherwise.
 */

export type Unit = "tokens" | "steps" | "rows";

export type Control =
  | { readonly kind: "number"; readonly unit?: Unit }
  /** A number that people write as 5.0e-5. */
  | { readonly kind: "rate" }
  /** A number that may be written as a product: 768*768. */
  | { readonly kind: "pixels" }
  | { readonly kind: "text"; readonly secret?: boolean }
  /** Names of data sets with commas between. */
  | { readonly kind: "datasets" }
  /** The folder of a finished run of that stage, or any path. */
  | { readonly kind: "run"; readonly stage: string }
  /** A mapping, written as JSON. */
  | { readonly kind: "mapping" }
  /** One entry per line. */
  | { readonly kind: "lines" }
  | { readonly kind: "switch" }
  | { readonly kind: "choice"; readonly choices?: readonly string[] };

/** Folded groups in LLaMA Board's order, then those that it lacks. */
export const FOLDED_GROUPS = [
  "loading",
  "configurations",
  "freeze",
  "adapter",
  "oft",
  "rlhf",
  "multimodal",
  "galore",
  "apollo",
  "badam",
  "swanlab",
  "optimiser",
  "rows",
  "validation",
  "saving",
  "generation",
  "devices",
] as const;
export type FoldedGroup = (typeof FOLDED_GROUPS)[number];
export type SettingGroup = "lora" | "preference" | "numbers" | FoldedGroup;

/** Values that other fields must have, all of them. */
export type Condition = Readonly<Record<string, readonly (string | boolean)[]>>;

export interface RowOptions {
  /** What stands in the control at first, where LLaMA Board differs from LLaMA-Factory. */
  readonly initial?: string;
  /** When anything looks at the setting: under one of these conditions; always where missing. */
  readonly when?: readonly Condition[];
  /** Written whatever the value, as LLaMA Board does, so that a file says what was trained without knowing defaults. */
  readonly always?: boolean;
}

export interface Setting<Kind extends Control = Control> extends RowOptions {
  readonly group: SettingGroup;
  readonly control: Kind;
}

type Of<Kind extends Control["kind"]> = Setting<Extract<Control, { kind: Kind }>>;

export const number = (group: SettingGroup, options: RowOptions & { unit?: Unit } = {}): Of<"number"> => {
  const { unit, ...rest } = options;
  return { group, control: { kind: "number", unit }, ...rest };
};
export const rate = (group: SettingGroup, options: RowOptions = {}): Of<"rate"> => ({
  group,
  control: { kind: "rate" },
  ...options,
});
export const pixels = (group: SettingGroup, options: RowOptions = {}): Of<"pixels"> => ({
  group,
  control: { kind: "pixels" },
  ...options,
});
export const text = (group: SettingGroup, options: RowOptions = {}): Of<"text"> => ({
  group,
  control: { kind: "text" },
  ...options,
});
/** Text that is hidden while it is typed, and left out of what is shared. */
export const secret = (group: SettingGroup, options: RowOptions = {}): Of<"text"> => ({
  group,
  control: { kind: "text", secret: true },
  ...options,
});
export const datasets = (group: SettingGroup, options: RowOptions = {}): Of<"datasets"> => ({
  group,
  control: { kind: "datasets" },
  ...options,
});
export const run = (group: SettingGroup, stage: string, options: RowOptions = {}): Of<"run"> => ({
  group,
  control: { kind: "run", stage },
  ...options,
});
export const mapping = (group: SettingGroup, options: RowOptions = {}): Of<"mapping"> => ({
  group,
  control: { kind: "mapping" },
  ...options,
});
export const lines = (group: SettingGroup, options: RowOptions = {}): Of<"lines"> => ({
  group,
  control: { kind: "lines" },
  ...options,
});
export const toggle = (group: SettingGroup, options: RowOptions = {}): Of<"switch"> => ({
  group,
  control: { kind: "switch" },
  ...options,
});
/** Choices are the argument's own where none are given. */
export const choice = (
  group: SettingGroup,
  choices?: readonly string[],
  options: RowOptions = {},
): Of<"choice"> => ({ group, control: { kind: "choice", choices }, ...options });
/** A switch that LLaMA-Factory decides by itself unless told. */
export const maybe = (group: SettingGroup, options: RowOptions = {}): Of<"choice"> =>
  choice(group, ["auto", "true", "false"], { initial: "auto", ...options });
