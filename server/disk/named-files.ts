/**
 * A folder of small text files that are kept under names, one file each, whole or not at all. It does not know what the
 * texts say.
 */
import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";
import { AppError } from "@/server/contract/errors";
import { writeWhole } from "./whole-file";

export interface NamedFile {
  name: string;
  /** ISO 8601. */
  changed_at: string;
  /** Another one as soon as the file is another one. */
  version: string;
}

export interface NamedFilesOptions {
  /** Absolute; made with the first file. */
  folder: string;
  /** ".yaml" */
  ending: string;
  /** What a name may be: never a path. */
  names: z.ZodType<string>;
  /** What one is called in errors: "saved settings". */
  called: string;
  /** A larger file is something else. */
  mostBytes: number;
}

export class NamedFiles {
  constructor(private readonly options: NamedFilesOptions) {}

  /** All of them, newest first. A folder that is not there holds none. */
  async list(): Promise<NamedFile[]> {
    const { folder, ending, names } = this.options;
    const entries = await readdir(folder).catch(() => []);
    const found = entries
      .filter((entry) => entry.endsWith(ending))
      .map(async (entry): Promise<NamedFile[]> => {
        const name = entry.slice(0, -ending.length);
        if (!names.safeParse(name).success) return [];
        const facts = await stat(path.join(folder, entry)).catch(() => null);
        return facts?.isFile() ? [namedFile(name, facts)] : [];
      });
    return (await Promise.all(found)).flat().sort((a, b) => b.changed_at.localeCompare(a.changed_at));
  }

  /** @throws AppError not_found, invalid_request for a file that cannot be one of these */
  async read(name: string): Promise<NamedFile & { text: string }> {
    const file = this.#file(name);
    const facts = await stat(file).catch(() => null);
    if (!facts?.isFile()) throw this.#missing(name);
    if (facts.size > this.options.mostBytes)
      throw new AppError(
        "invalid_request",
        `${file} is too large (${facts.size} bytes) for what it should be.`,
      );
    return { ...namedFile(name, facts), text: await readFile(file, "utf8") };
  }

  /** An older one of that name is replaced. */
  async write(name: string, text: string): Promise<NamedFile> {
    const file = this.#file(name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeWhole(file, text);
    return namedFile(name, await stat(file));
  }

  /** @throws AppError not_found */
  async remove(name: string): Promise<void> {
    await rm(this.#file(name)).catch((error: NodeJS.ErrnoException) => {
      throw error.code === "ENOENT" ? this.#missing(name) : error;
    });
  }

  #missing(name: string): AppError {
    return new AppError("not_found", `There are no ${this.options.called} called ${name}.`);
  }

  #file(name: string): string {
    const { folder, ending, names } = this.options;
    const parsed = names.safeParse(name);
    if (!parsed.success) throw new AppError("invalid_request", `${name}: ${parsed.error.issues[0]!.message}`);
    return path.join(folder, `${parsed.data}${ending}`);
  }
}

function namedFile(name: string, facts: { mtime: Date; mtimeMs: number; size: number }): NamedFile {
  return { name, changed_at: facts.mtime.toISOString(), version: `${facts.mtimeMs} ${facts.size}` };
}
