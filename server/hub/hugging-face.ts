/**
 * Hugging Face, or a mirror of it: listings by its own client library, files by plain requests that can go on from a
 * byte. It does not know where files are kept.
 */
import { datasetInfo, listFiles, modelInfo } from "@huggingface/hub";
import type { HubClient, Repository, RepositoryAddress, RepositoryFile } from "./hub-repository";
import { askHub, fileRequests, type AuthHeaders, type HubAccess } from "./hub-request";
import { brokenLineError } from "./hub-words";

const auth: AuthHeaders = (token) => ({ authorization: `Bearer ${token}` });

/** @param access asked anew for every request: token and mirror may change */
export function huggingFace(access: () => HubAccess): HubClient {
  return {
    async describe(address, signal) {
      const { id: name, kind, revision } = address;
      // Through askHub, so that the token's way, redirects and words are the same as for files.
      const asking = {
        hubUrl: access().endpoint,
        fetch: ((input: RequestInfo | URL) =>
          askHub(
            { url: input instanceof Request ? input.url : String(input), signal },
            { access: access(), auth, address },
          )) as typeof fetch,
      };
      try {
        const info = await repositoryInfo(address, asking);
        const commit = typeof info.sha === "string" ? info.sha : null;
        const files: RepositoryFile[] = [];
        const listing = listFiles({
          repo: { type: kind, name },
          revision: commit ?? revision,
          recursive: true,
          ...asking,
        });
        for await (const { type, path, size, oid, lfs } of listing) {
          if (type !== "file") continue;
          files.push({
            path,
            bytes: lfs?.size ?? size,
            checksum: lfs ? { kind: "sha256", hex: lfs.oid } : oid ? { kind: "git-blob", hex: oid } : null,
          });
        }
        return { files, commit, license: licenseOf(info), gated: info.gated !== false };
      } catch (error) {
        if (signal?.aborted) throw error;
        throw brokenLineError(error, "huggingface");
      }
    },
    ...fileRequests({ access, auth, url: fileUrl }),
  };
}

function repositoryInfo(
  { kind, id: name, revision }: RepositoryAddress,
  asking: { hubUrl: string; fetch: typeof fetch },
) {
  return kind === "model"
    ? modelInfo({ name, revision, additionalFields: ["sha", "tags", "cardData"], ...asking })
    : datasetInfo({ name, revision, additionalFields: ["sha", "tags", "cardData"], ...asking });
}

function licenseOf({ tags, cardData }: { tags?: unknown; cardData?: unknown }): Repository["license"] {
  const named = (cardData as { license?: unknown } | undefined)?.license;
  if (typeof named === "string") return named;
  const all = Array.isArray(tags) ? tags.map(String) : [];
  return all.find((tag) => tag.startsWith("license:"))?.slice("license:".length) ?? null;
}

function fileUrl(endpoint: string, { kind, id, revision }: RepositoryAddress, path: string): string {
  const folder = kind === "dataset" ? "datasets/" : "";
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return `${endpoint}/${folder}${id}/resolve/${encodeURIComponent(revision)}/${encoded}`;
}
