/**
 * Files on their way in: bytes are appended as they come, and an upload that broke off goes on where it stopped. Nothing
 * is written outside the folder that it is given. It does not know what the files hold.
 */
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Readable } from "node:stream";
import { z } from "zod";
import { ROW_FILES, type Upload } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import { freeBytes, isDiskFull } from "@/server/disk/disk-space";

export interface DataLimits {
  /** Largest file that is taken in. */
  uploadBytes: number;
  /** What must stay free on the disk. */
  diskFloorBytes: number;
}

const metaSchema = z.object({ name: z.string(), size: z.number() });
/** How long an upload that broke off can be gone on with. */
const KEPT_MS = 7 * 24 * 3600_000;
const META_FILE = "upload.json";

export class Uploads {
  private readonly receiving = new Set<string>();

  /**
   * @param folder absolute; made when needed
   * @param limits asked anew for each upload, since settings change
   */
  constructor(
    private readonly folder: string,
    private readonly limits: () => DataLimits,
  ) {}

  /**
   * Begins an upload, or finds the one of the same file that broke off.
   * @throws AppError unsupported for other kinds of files, invalid_request over the limit or empty, disk_full
   */
  async begin(file: { name: string; size: number; modified: number }): Promise<Upload> {
    const name = path.basename(file.name.replaceAll("\\", "/"));
    const kind = path.extname(name).toLowerCase();
    if (!ROW_FILES.includes(kind)) {
      throw new AppError(
        "unsupported",
        `${name}: files with rows end in ${ROW_FILES.join(", ")}, not in ${kind || "nothing"}.`,
      );
    }
    if (file.size === 0) throw new AppError("invalid_request", `${name} is empty.`);
    const { uploadBytes } = this.limits();
    if (file.size > uploadBytes) {
      throw new AppError(
        "invalid_request",
        `${name} is ${gigabytes(file.size)}, more than the limit of ${gigabytes(uploadBytes)} for one file (Settings, Data). ` +
          "A file that is on this machine already can be added by its path.",
      );
    }
    const id = createHash("sha256")
      .update(JSON.stringify([name, file.size, file.modified]))
      .digest("hex")
      .slice(0, 24);
    const known = await this.find(id);
    await this.checkDisk(file.size - (known?.received ?? 0));
    if (known) return known;
    await mkdir(this.folderOf(id), { recursive: true });
    await writeFile(path.join(this.folderOf(id), META_FILE), JSON.stringify({ name, size: file.size }));
    return { id, name, size: file.size, received: 0 };
  }

  /** How far an upload is. @throws AppError not_found */
  async status(id: string): Promise<Upload> {
    const upload = await this.find(id);
    if (!upload) throw new AppError("not_found", "There is no such upload. Choose the file again.");
    return upload;
  }

  /**
   * Appends bytes. What came before a connection broke stays.
   * @throws AppError busy where the offset is not where the file ends now or another piece is coming in; disk_full
   */
  async receive(id: string, offset: number, bytes: Readable): Promise<Upload> {
    const upload = await this.status(id);
    if (this.receiving.has(id)) throw new AppError("busy", `${upload.name} is being received already.`);
    if (offset !== upload.received) {
      throw new AppError(
        "busy",
        `${upload.name}: ${upload.received} bytes are here, so go on from there, not from ${offset}.`,
      );
    }
    await this.checkDisk(upload.size - upload.received);
    this.receiving.add(id);
    const output = await open(this.fileOf(upload), "a");
    try {
      // One write after another: what is written when the connection breaks is whole.
      for await (const chunk of notBeyond(upload, bytes)) await output.write(chunk);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (isDiskFull(error)) {
        throw new AppError("disk_full", `The disk is full: ${upload.name} broke off.`, { cause: error });
      }
      if (bytes.errored === null && !bytes.destroyed) throw error;
      throw new AppError("cancelled", `The connection broke while ${upload.name} came in.`, { cause: error });
    } finally {
      this.receiving.delete(id);
      await output.close();
    }
    return this.status(id);
  }

  /** The file of an upload that is whole. @throws AppError not_found, busy where bytes are missing */
  async whole(id: string): Promise<{ file: string; name: string }> {
    const upload = await this.status(id);
    if (upload.received !== upload.size)
      throw new AppError(
        "busy",
        `${upload.name} has come in only in part: ${upload.received} of ${upload.size} bytes.`,
      );
    return { file: this.fileOf(upload), name: upload.name };
  }

  /** Removes what broke off long ago and nobody went on with. */
  async forgetOld(): Promise<void> {
    for (const id of await readdir(this.folder).catch(() => [])) {
      const found = await stat(this.folderOf(id)).catch(() => null);
      if (found && Date.now() - found.mtimeMs > KEPT_MS)
        await rm(this.folderOf(id), { recursive: true, force: true });
    }
  }

  async remove(id: string): Promise<void> {
    if (await this.find(id)) await rm(this.folderOf(id), { recursive: true, force: true });
  }

  /** @throws AppError disk_full where fewer bytes than the floor would stay free */
  async checkDisk(bytes: number): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const left = (await freeBytes(this.folder)) - bytes;
    const { diskFloorBytes } = this.limits();
    if (left >= diskFloorBytes) return;
    throw new AppError(
      "disk_full",
      `This needs ${gigabytes(bytes)} and would leave ${gigabytes(Math.max(0, left))} free, less than the ${gigabytes(diskFloorBytes)} that must stay free (Settings, Data).`,
    );
  }

  private async find(id: string): Promise<Upload | null> {
    if (!/^[0-9a-f]{24}$/.test(id)) return null;
    const text = await readFile(path.join(this.folderOf(id), META_FILE), "utf8").catch(() => null);
    if (text === null) return null;
    const meta = metaSchema.parse(JSON.parse(text));
    const upload = { id, ...meta, received: 0 };
    const found = await stat(this.fileOf(upload)).catch(() => null);
    return { ...upload, received: found?.size ?? 0 };
  }

  private folderOf(id: string): string {
    return path.join(this.folder, id);
  }

  /** Under a name of its own: what a browser calls a file never becomes a path. */
  private fileOf({ id, name }: { id: string; name: string }): string {
    return path.join(this.folderOf(id), `rows${path.extname(name).toLowerCase()}`);
  }
}

/** Lets through as many bytes as were announced. */
async function* notBeyond({ name, size, received }: Upload, bytes: Readable): AsyncGenerator<Buffer> {
  let total = received;
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > size) {
      throw new AppError("invalid_request", `${name} is longer than the ${size} bytes that were announced.`);
    }
    yield chunk;
  }
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
