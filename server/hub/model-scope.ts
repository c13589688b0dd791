/**
 * ModelScope's HTTP API, as its own Python client uses it: `/api/v1/models/<id>/repo/files` lists a model,
 * `/api/v1/datasets/<id>/repo/tree` a dataset page by page, `…/repo?Revision=&FilePath=` serves a file, from a byte on
 * and by way of a CDN. It does not know where files are kept.
 */
import { z } from "zod";
import { AppError } from "@/server/contract/errors";
import type { HubClient, RepositoryAddress, RepositoryFile } from "./hub-repository";
import { askHub, fileRequests, type AuthHeaders, type HubAccess } from "./hub-request";
import { brokenLineError, refusalError } from "./hub-words";

/** Older paths look at the cookie, newer ones at the header. */
const auth: AuthHeaders = (token) => ({
  authorization: `Bearer ${token}`,
  cookie: `m_session_id=${token}`,
});

const PAGE = 200;
/** Listings longer than this are cut off by the hub without a word. */
const MOST_FILES = 3000;

const entrySchema = z.looseObject({
  Path: z.string(),
  Size: z.number().nullish(),
  Sha256: z.string().nullish(),
  Type: z.string().nullish(),
});
const entriesSchema = z.array(entrySchema);
const listingSchema = z.looseObject({
  Code: z.number().nullish(),
  Data: z.union([entriesSchema, z.looseObject({ Files: entriesSchema.nullish() })]).nullish(),
});
const infoSchema = z.looseObject({
  Data: z.looseObject({ License: z.string().nullish() }).nullish(),
});

/** @param access asked anew for every request */
export function modelScope(access: () => HubAccess): HubClient {
  const ask = (address: RepositoryAddress, url: string, signal?: AbortSignal) =>
    askHub({ url, signal }, { access: access(), auth, address });

  async function listing(address: RepositoryAddress, query: Record<string, string>, signal?: AbortSignal) {
    const place = address.kind === "model" ? "repo/files" : "repo/tree";
    const parameters = new URLSearchParams({ Revision: address.revision, Recursive: "True", ...query });
    const response = await ask(
      address,
      `${base(access().endpoint, address)}/${place}?${parameters.toString()}`,
      signal,
    );
    const { Code, Data } = await parsed(response, listingSchema);
    // It may answer 200 with a refusal inside.
    if (typeof Code === "number" && Code >= 400)
      throw refusalError(Code, { ...address, hasToken: access().token !== null });
    return (Array.isArray(Data) ? Data : (Data?.Files ?? [])) satisfies z.infer<typeof entriesSchema>;
  }

  async function entries(address: RepositoryAddress, signal?: AbortSignal) {
    if (address.kind === "model") {
      const found = await listing(address, {}, signal);
      if (found.length >= MOST_FILES)
        throw new AppError(
          "unsupported",
          `${address.id} has ${MOST_FILES} files or more, which ModelScope does not list in full.`,
        );
      return found;
    }
    const all: z.infer<typeof entriesSchema> = [];
    for (let page = 1; ; page++) {
      const found = await listing(address, { PageNumber: String(page), PageSize: String(PAGE) }, signal);
      all.push(...found);
      if (found.length < PAGE) return all;
    }
  }

  return {
    async describe(address, signal) {
      try {
        const found = await entries(address, signal);
        const info = await ask(address, base(access().endpoint, address), signal)
          .then((response) => parsed(response, infoSchema))
          .catch(() => null);
        const files = found
          .filter(({ Type }) => Type !== "tree")
          .map(({ Path, Size, Sha256 }): RepositoryFile => ({
            path: Path,
            bytes: Size ?? 0,
            checksum: Sha256 ? { kind: "sha256", hex: Sha256 } : null,
          }));
        return { files, commit: null, license: info?.Data?.License ?? null, gated: false };
      } catch (error) {
        if (signal?.aborted) throw error;
        throw brokenLineError(error, "modelscope");
      }
    },
    ...fileRequests({ access, auth, url: fileUrl }),
  };
}

function base(endpoint: string, { kind, id }: RepositoryAddress): string {
  return `${endpoint}/api/v1/${kind}s/${id}`;
}

function fileUrl(endpoint: string, address: RepositoryAddress, path: string): string {
  const query = new URLSearchParams({ Revision: address.revision, FilePath: path });
  return `${base(endpoint, address)}/repo?${query.toString()}`;
}

async function parsed<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const found = schema.safeParse(await response.json().catch(() => null));
  if (found.success) return found.data;
  throw new AppError("engine_failed", "ModelScope answered something that is not its file list.");
}
