/** GET on a hub: the token goes to the hub's own address and nowhere else, redirects included. */
import { AppError } from "@/server/contract/errors";
import { brokenLineError, refusalError } from "./hub-words";
import type { HubClient, RepositoryAddress } from "./hub-repository";

export interface HubAccess {
  /** "https://huggingface.co", without a slash at the end. */
  readonly endpoint: string;
  readonly token: string | null;
}

export type AuthHeaders = (token: string) => Record<string, string>;

const MOST_REDIRECTS = 5;
/** A hub that says nothing for this long is asked again. */
const SILENCE_MS = 30_000;

interface HubRequest {
  url: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * One request, with up to five redirects followed by hand so that no other host is told the token.
 * @returns an answer with status 2xx
 * @throws AppError with words for the person
 */
export async function askHub(
  { url, headers = {}, signal }: HubRequest,
  { access, auth, address }: { access: HubAccess; auth: AuthHeaders; address: RepositoryAddress },
): Promise<Response> {
  const home = new URL(access.endpoint).origin;
  let target = new URL(url);
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const own = target.origin === home && access.token !== null ? auth(access.token) : {};
    const response = await fetchOrWords(target, { ...headers, ...own }, { address, signal });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      target = new URL(location, target);
      if (target.protocol !== "https:" && target.protocol !== "http:") break;
      continue;
    }
    if (response.ok) return response;
    await response.body?.cancel();
    // A second host that refuses says nothing about the repository: its link has run out.
    const status = target.origin === home ? response.status : Math.max(response.status, 500);
    throw refusalError(
      status,
      { ...address, hasToken: access.token !== null },
      response.headers.get("retry-after"),
    );
  }
  throw new AppError("engine_failed", `${home} sends ${address.id} around in circles.`);
}

/** How a hub serves single files, once it is known where they are. */
export function fileRequests(hub: {
  access: () => HubAccess;
  auth: AuthHeaders;
  url: (endpoint: string, address: RepositoryAddress, path: string) => string;
}): Pick<HubClient, "text" | "open"> {
  const ask = (address: RepositoryAddress, path: string, rest: Omit<HubRequest, "url">) => {
    const access = hub.access();
    const url = hub.url(access.endpoint, address, path);
    return askHub({ url, ...rest }, { access, auth: hub.auth, address });
  };
  return {
    async text(address, path, signal) {
      try {
        return await (await ask(address, path, { signal })).text();
      } catch (error) {
        if (error instanceof AppError && error.code === "not_found") return null;
        throw error;
      }
    },
    open: (address, path, { from, signal }) =>
      ask(address, path, {
        headers: { "accept-encoding": "identity", ...(from > 0 && { range: `bytes=${from}-` }) },
        signal,
      }),
  };
}

async function fetchOrWords(
  url: URL,
  headers: Record<string, string>,
  { address, signal }: { address: RepositoryAddress; signal?: AbortSignal },
): Promise<Response> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error("silence")), SILENCE_MS);
  try {
    return await fetch(url, {
      headers: { "user-agent": "tuneboard", ...headers },
      redirect: "manual",
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw brokenLineError(error, address.hub);
  } finally {
    clearTimeout(timer);
  }
}
