/** What a hub says of one repository, whichever hub it is: the seam between them and the downloads. */
import type { DownloadHub, HubKind } from "@/server/contract/hub";

export interface RepositoryAddress {
  readonly hub: DownloadHub;
  readonly kind: HubKind;
  /** "org/name" */
  readonly id: string;
  readonly revision: string;
}

export interface RepositoryFile {
  /** With forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** What the content must hash to; null where the hub tells nothing. */
  readonly checksum: Checksum | null;
}

/** "sha256": of the content; "git-blob": sha1 of `blob <length>\0` and the content, as git names it. */
export interface Checksum {
  readonly kind: "sha256" | "git-blob";
  readonly hex: string;
}

export interface Repository {
  readonly files: readonly RepositoryFile[];
  /** The exact state that `files` describes, to be fetched even if the branch moves on. */
  readonly commit: string | null;
  readonly license: string | null;
  readonly gated: boolean;
}

export interface HubClient {
  /** Lists a repository. @throws AppError with words for what the hub answered */
  describe(address: RepositoryAddress, signal?: AbortSignal): Promise<Repository>;
  /** A small text file, or null where it is not there. */
  text(address: RepositoryAddress, path: string, signal?: AbortSignal): Promise<string | null>;
  /** Opens a file from a byte on. The answer may come from another host, which never sees the token. */
  open(address: RepositoryAddress, path: string, options: OpenOptions): Promise<Response>;
}

export interface OpenOptions {
  /** Bytes that are here already. */
  readonly from: number;
  readonly signal: AbortSignal;
}
