/** `saves/imported.json`: run folders outside the saves folder that were imported in place. It lists paths and reads none. */
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { writeWholeNow } from "@/server/disk/whole-file";

const listSchema = z.object({ folders: z.array(z.string()) });

export class ImportedFolders {
  private readonly file: string;

  /** @param saves absolute path of the saves folder */
  constructor(saves: string) {
    this.file = path.join(saves, "imported.json");
  }

  /** Absolute paths, in the order in which they came. */
  list(): string[] {
    try {
      const parsed = listSchema.safeParse(JSON.parse(readFileSync(this.file, "utf8")));
      return parsed.success ? parsed.data.folders : [];
    } catch {
      return [];
    }
  }

  add(folder: string): void {
    this.write([...this.list().filter((other) => other !== folder), folder]);
  }

  remove(folder: string): void {
    this.write(this.list().filter((other) => other !== folder));
  }

  private write(folders: string[]): void {
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeWholeNow(this.file, `${JSON.stringify({ folders }, null, 2)}\n`);
  }
}
