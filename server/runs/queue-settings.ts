/**
 * `saves/queue.json`: how the queue of a home folder behaves. A file beside the runs and not a row of the database, since
 * the database may be deleted and several consoles may share a home folder.
 */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { writeWholeNow } from "@/server/disk/whole-file";

const settingsSchema = z.object({
  /** Runs at a time; null for one for each graphics card, or one. */
  slots: z.number().int().min(1).nullable().default(null),
  paused: z.boolean().default(false),
  /** Id of the run whose failure paused it. */
  pausedBy: z.string().nullable().default(null),
  continueOnError: z.boolean().default(true),
});
export type QueueSettings = z.infer<typeof settingsSchema>;

export class QueueSettingsFile {
  private readonly file: string;

  /** @param saves absolute path of the saves folder */
  constructor(saves: string) {
    this.file = path.join(saves, "queue.json");
  }

  /** The settings; the defaults where there is no file or it cannot be read. */
  read(): QueueSettings {
    try {
      const parsed = settingsSchema.safeParse(JSON.parse(readFileSync(this.file, "utf8")));
      if (parsed.success) return parsed.data;
    } catch {
      // Nobody has changed anything yet.
    }
    return settingsSchema.parse({});
  }

  write(settings: QueueSettings): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeWholeNow(this.file, `${JSON.stringify(settings, null, 2)}\n`);
  }
}
