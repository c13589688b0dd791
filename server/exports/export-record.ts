/**
 * `export.json`: what the console knows about one export, in a folder of its own below `exports/`, with the arguments
 * and the program's output beside it. The exported model lies elsewhere and knows nothing of it.
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { engineIdSchema } from "@/server/contract/api";
import { writeWholeNow } from "@/server/disk/whole-file";
import { processRefSchema } from "@/server/processes/process-identity";

const RECORD_FILE = "export.json";
export const EXPORT_ARGS_FILE = "export_args.yaml";
export const SELF_TEST_ARGS_FILE = "self_test_args.yaml";
export const EXPORT_OUTPUT_FILE = "output.log";

const recordSchema = z.object({
  id: z.string().regex(/^[a-z0-9]{6,32}$/),
  name: z.string(),
  label: z.string(),
  engine: engineIdSchema,
  /** Relative to the home folder. */
  folder: z.string(),
  /** What is exported, as it is named from the home folder; null in records of older consoles. */
  source: z
    .object({
      model: z.string(),
      adapter: z.string().nullable(),
      method: z.string(),
      template: z.string().nullable(),
    })
    .nullable()
    .default(null),
  /** How far the program is that compares its answers with the source's; "none" where the exporting one does that or nobody. */
  self_test: z.enum(["none", "waiting", "running"]).default("none"),
  created_at: z.string(),
  process: processRefSchema.nullable().default(null),
  cancelled: z.boolean().default(false),
  ended_at: z.string().nullable().default(null),
  /** null while it runs, and where nobody saw how it ended. */
  exit_code: z.number().nullable().default(null),
});
export type ExportRecord = z.infer<typeof recordSchema>;

/** Where an export's own files lie. */
export function recordFolder(home: string, id: string): string {
  return path.join(home, "exports", id);
}

/** Writes a record in one step; makes its folder. */
export function writeExportRecord(home: string, record: ExportRecord): void {
  const folder = recordFolder(home, record.id);
  mkdirSync(folder, { recursive: true });
  writeWholeNow(path.join(folder, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** Every readable record, newest first. */
export function readExportRecords(home: string): ExportRecord[] {
  const folder = path.join(home, "exports");
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      try {
        const text = readFileSync(path.join(folder, name, RECORD_FILE), "utf8");
        const parsed = recordSchema.safeParse(JSON.parse(text));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return [];
      }
    })
    .sort((a, b) => b.created_at.localeCompare(a.created_at));
}
