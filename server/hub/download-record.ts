/**
 * A download's folder: `<models or data>/.downloads/<key>/` with download.json and, under files/, what has come so far.
 * It lies beside its target, so that the last step is a rename within one disk. Nothing in it is taken for a model.
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import {
  downloadHubSchema,
  type HubKind,
  hubIdSchema,
  hubKindSchema,
  revisionSchema,
} from "@/server/contract/hub";
import { writeWholeNow } from "@/server/disk/whole-file";
import type { RepositoryAddress } from "./hub-repository";
import { isSafePath } from "./file-choice";

const RECORD = "download.json";
export const DRAFTS = ".downloads";

const checksumSchema = z.object({
  kind: z.enum(["sha256", "git-blob"]),
  hex: z.string().regex(/^[0-9a-f]{40,64}$/i),
});

const recordSchema = z.object({
  hub: downloadHubSchema,
  kind: hubKindSchema,
  id: hubIdSchema,
  /** A commit where the hub names one: what is fetched must not change midway. */
  revision: revisionSchema,
  files: z.array(
    z.object({
      path: z.string().refine(isSafePath),
      bytes: z.number().min(0),
      checksum: checksumSchema.nullable(),
    }),
  ),
  /** Whether it goes on by itself when the console starts again. */
  paused: z.boolean(),
  started_at: z.string(),
});
export type DownloadRecord = z.infer<typeof recordSchema>;

/** Where downloads of a kind land, relative to the home folder. */
export function landingFolder(kind: HubKind): string {
  return kind === "model" ? "models" : "data";
}

/** Where a repository lies once it is here, relative to the home folder. */
export function landingPlace({ kind, id }: Pick<RepositoryAddress, "kind" | "id">): string {
  return `${landingFolder(kind)}/${id}`;
}

/** The name of a download, for URLs and folders: one per repository and kind. */
export function downloadKey({ kind, id }: Pick<RepositoryAddress, "kind" | "id">): string {
  return `${kind}--${id.replace("/", "--")}`;
}

export function draftFolder(home: string, address: Pick<RepositoryAddress, "kind" | "id">): string {
  return path.join(home, landingFolder(address.kind), DRAFTS, downloadKey(address));
}

/** Where a repository's file lies while it comes. */
export function draftFile(draft: string, file: string): string {
  return path.join(draft, "files", ...file.split("/"));
}

export function writeRecord(draft: string, record: DownloadRecord): void {
  mkdirSync(draft, { recursive: true });
  writeWholeNow(path.join(draft, RECORD), JSON.stringify(record));
}

/** What earlier consoles left unfinished; records that cannot be read are left alone. */
export function readRecords(home: string): { draft: string; record: DownloadRecord }[] {
  return (["model", "dataset"] as const).flatMap((kind) => {
    const folder = path.join(home, landingFolder(kind), DRAFTS);
    return readNames(folder).flatMap((name) => {
      const draft = path.join(folder, name);
      try {
        const record = recordSchema.parse(JSON.parse(readFileSync(path.join(draft, RECORD), "utf8")));
        return record.kind === kind && downloadKey(record) === name ? [{ draft, record }] : [];
      } catch {
        return [];
      }
    });
  });
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
