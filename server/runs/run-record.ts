/**
 * `tuneboard.json`: what the console itself knows about a run and no training program writes: its id, name, queue
 * place, process and end. It lies in the run folder, so that the database can be lost. Folders made elsewhere have none.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { engineIdSchema } from "@/server/contract/api";
import { writeWholeNow } from "@/server/disk/whole-file";
import { processRefSchema } from "@/server/processes/process-identity";

export const RECORD_FILE = "tuneboard.json";

const recordSchema = z.object({
  id: z.string().regex(/^[a-z0-9]{6,32}$/),
  name: z.string().nullable().default(null),
  engine: engineIdSchema.default("embedded"),
  /** Why this engine was chosen, in one sentence. */
  engine_reason: z.string().nullable().default(null),
  /** Variables that the program is started with: what LLaMA-Factory reads from its environment. */
  environment: z.record(z.string(), z.string()).default({}),
  created_at: z.string(),
  notes: z.string().default(""),
  tags: z.array(z.string()).default([]),
  sweep: z
    .object({ id: z.string(), name: z.string(), values: z.record(z.string(), z.unknown()) })
    .nullable()
    .default(null),
  /** Id of the run that this one goes on from. */
  continued_from: z.string().nullable().default(null),
  /** Set while the run waits for its turn. */
  queued_at: z.string().nullable().default(null),
  /** Its place among those that wait: the smallest starts first. Older records have only `queued_at`. */
  queue_rank: z.number().nullable().default(null),
  /** Checkpoint that the next start goes on from, relative to the home folder. */
  resume_from_checkpoint: z.string().nullable().default(null),
  command: z.array(z.string()).default([]),
  process: processRefSchema.nullable().default(null),
  /** One entry per start: when, and how long trainer_log.jsonl was then. */
  sessions: z.array(z.object({ started_at: z.string(), metrics_offset: z.number() })).default([]),
  stop_requested_at: z.string().nullable().default(null),
  /** The folder is deleted once the program has ended. */
  discard: z.boolean().default(false),
  /** Places of the queue that the run occupies: numbers of graphics cards, or of processor slots. */
  slots: z.array(z.number()).default([]),
  exit: z
    .object({
      code: z.number().nullable(),
      signal: z.string().nullable(),
      at: z.string(),
      /** The system counts a process killed for memory while this one ran and was killed. */
      out_of_memory: z.boolean().default(false),
    })
    .nullable()
    .default(null),
});
export type RunRecord = z.infer<typeof recordSchema>;

/** A record that knows only where the run comes from. */
export function freshRecord(
  origin: Pick<RunRecord, "id" | "engine" | "created_at"> & Partial<RunRecord>,
): RunRecord {
  return recordSchema.parse(origin);
}

/** The record of a folder, or null where there is none or it cannot be read (then the folder counts as made elsewhere). */
export function readRecord(folder: string): RunRecord | null {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(readFileSync(path.join(folder, RECORD_FILE), "utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Replaces the record in one step, so that a console that dies here leaves the old one whole. */
export function writeRecord(folder: string, record: RunRecord): void {
  writeWholeNow(path.join(folder, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`);
}
