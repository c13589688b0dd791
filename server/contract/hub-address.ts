/** Hubs by name, and what was typed read as an address there. It asks nobody and knows no schema, so pages may have it at once. */

/** LLaMA Board's choice of hubs. */
export const HUB_NAMES = ["huggingface", "modelscope", "openmind"] as const;
export type HubName = (typeof HUB_NAMES)[number];

/** Those that the console itself downloads from; LLaMA-Factory's own Python library knows the third. */
export const DOWNLOAD_HUBS = ["huggingface", "modelscope"] as const satisfies readonly HubName[];
export type DownloadHub = (typeof DOWNLOAD_HUBS)[number];

export const HUB_KINDS = ["model", "dataset"] as const;
export type HubKind = (typeof HUB_KINDS)[number];

/** "org/name" as hubs allow it; a part of only dots would lead out of its folder. */
export const HUB_ID = /^(?!\.+\/)[A-Za-z0-9._-]{1,96}\/(?!\.+$)[A-Za-z0-9._-]{1,96}$/;
/** A branch, a tag or a commit. */
export const REVISION = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/;

/** What was typed or pasted into a search line, read as an address on a hub. */
export interface HubAddress {
  id: string;
  kind: HubKind | null;
  hub: DownloadHub | null;
  revision: string | null;
}

/**
 * Reads "org/name", "org/name@revision" or the address of a page of a hub. It asks nobody.
 * @returns null where the text is none of them
 */
export function readHubAddress(text: string): HubAddress | null {
  const typed = text.trim();
  const page =
    /^https?:\/\/(?:www\.)?(huggingface\.co|hf-mirror\.com|modelscope\.(?:cn|ai))\/(?:(models|datasets)\/)?([^/?#]+\/[^/?#]+)(?:\/(?:tree|blob|resolve)\/([^/?#]+))?/.exec(
      typed,
    );
  if (page) {
    const [, host, kind, id, revision] = page;
    return HUB_ID.test(id!)
      ? {
          id: id!,
          kind: kind === "datasets" ? "dataset" : "model",
          hub: host!.startsWith("modelscope") ? "modelscope" : "huggingface",
          revision: revision ?? null,
        }
      : null;
  }
  const [id = "", revision, ...more] = typed.split("@");
  if (!HUB_ID.test(id) || more.length > 0) return null;
  if (revision !== undefined && !REVISION.test(revision)) return null;
  return { id, kind: null, hub: null, revision: revision ?? null };
}
