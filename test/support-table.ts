/**
 * README's table of what the embedded engine supports, made from the tables that the checks themselves read.
 */
import {
  EMBEDDED_METHODS,
  EMBEDDED_OPTIMIZERS,
  EMBEDDED_SCHEDULES,
  EMBEDDED_STAGES,
  embeddedArgumentSupport,
} from "@/server/contract/embedded-arguments";
import { ARGUMENTS } from "@/server/contract/argument-table";
import { EMBEDDED_FAMILIES } from "@/server/contract/embedded-families";
import { FINETUNING_TYPES, STAGES } from "@/server/contract/train-config";

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(" ");

/** The table's lines in markdown. */
export function supportTable(): string {
  const honoured = ARGUMENTS.filter(({ name }) => embeddedArgumentSupport(name).kind === "honoured");
  const refused = ARGUMENTS.filter(({ name }) => embeddedArgumentSupport(name).kind === "refused");
  const rows: [what: string, embedded: string, llamafactory: string][] = [
    ["architectures", code(EMBEDDED_FAMILIES.map(({ modelType }) => modelType)), "whatever its version has"],
    ["`stage`", code(EMBEDDED_STAGES), code(STAGES)],
    ["`finetuning_type`", code(EMBEDDED_METHODS), code(FINETUNING_TYPES)],
    ["`optim`", code(EMBEDDED_OPTIMIZERS), "whatever its version has"],
    ["`lr_scheduler_type`", code(EMBEDDED_SCHEDULES), "whatever its version has"],
    ["dataset files", "json, jsonl, csv, parquet, txt on this machine", "also hubs"],
    [
      "arguments honoured",
      `${honoured.length} of ${ARGUMENTS.length}; ${refused.length} refused with a reason, the rest change no result`,
      `all ${ARGUMENTS.length}`,
    ],
    ["runs on", "Node alone, on the CPU", "the Python environment that you have"],
  ];
  return [
    "| | embedded | llamafactory |",
    "|---|---|---|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
}
