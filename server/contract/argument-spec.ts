/** What the tables of arguments and launch variables say of each entry. */

export type ArgumentType = "bool" | "int" | "float" | "str" | "list" | "dict";

export interface ArgumentSpec {
  readonly name: string;
  readonly group: "model" | "data" | "finetuning" | "generating" | "evaluation" | "training" | "launch";
  readonly type: ArgumentType;
  /** LLaMA-Factory's default when the YAML leaves the key out. */
  readonly default: unknown;
  readonly choices?: readonly unknown[];
}
