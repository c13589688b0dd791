/**
 * Writing to Hugging Face, or to a mirror that takes writes, by its own client library: whose token it is, new
 * repositories, and files as one commit. Large files go to the storage that the hub names, as `git lfs push` does; the
 * token goes to the hub alone. It does not know where files come from.
 */
import { commitIter, createRepo, HubApiError, modelInfo, whoAmI } from "@huggingface/hub";
import { AppError } from "@/server/contract/errors";
import type { Visibility } from "@/server/contract/hub-push";
import type { HubAccess } from "./hub-request";
import type { PushedFile } from "./push-files";
import { pushRefusal, type PushStep } from "./push-words";

export interface HubAccount {
  name: string;
  /** Whose repositories the token may write; null where the hub does not tell. */
  owners: readonly string[] | null;
}

export interface PushListener {
  /** From 0 to 1 of a file's bytes are there. */
  file(path: string, share: number): void;
  phase(phase: "preparing" | "sending" | "committing"): void;
}

interface PushAsk {
  access: HubAccess;
  signal?: AbortSignal;
}

/** @throws AppError forbidden where the token is none of the hub's, or may only read */
export async function pushAccount(ask: PushAsk): Promise<HubAccount> {
  return inWords("account", "", ask, async (asking) => {
    const found = await whoAmI(asking);
    const role = found.auth.accessToken?.role;
    if (role === "read")
      throw new AppError(
        "forbidden",
        `This token of ${found.name} may only read. Make one with the role "write" on Hugging Face, and keep it under Settings.`,
      );
    const isTold = found.type === "user" && role === "write";
    return {
      name: found.name,
      owners: isTold ? [found.name, ...found.orgs.map(({ name }) => name)] : null,
    };
  });
}

/** How a model repository is seen; null where there is none that the token may see. */
export async function repositoryVisibility(repo: string, ask: PushAsk): Promise<Visibility | null> {
  return inWords("look", repo, ask, async (asking) => {
    try {
      const info = await modelInfo({ name: repo, ...asking });
      return info.private ? "private" : "public";
    } catch (error) {
      if (error instanceof HubApiError && error.statusCode === 404) return null;
      throw error;
    }
  });
}

/** Makes an empty model repository. @throws AppError busy where the name is taken */
export async function makeRepository(repo: string, visibility: Visibility, ask: PushAsk): Promise<void> {
  await inWords("create", repo, ask, (asking) =>
    createRepo({ repo: { type: "model", name: repo }, visibility, ...asking }),
  );
}

/**
 * Sends files and commits them. What the storage has already is not sent again.
 * @returns the commit's page
 */
export async function sendFiles(
  repo: string,
  {
    files,
    title,
    listener,
    ...ask
  }: PushAsk & { files: readonly PushedFile[]; title: string; listener: PushListener },
): Promise<string | null> {
  return inWords("send", repo, ask, async (asking) => {
    const sent = new Map<string, number>();
    const sizes = new Map(files.map((file) => [file.path, file.bytes]));
    const committing = commitIter({
      repo: { type: "model", name: repo },
      operations: files.map(({ path, content }) => ({
        operation: "addOrUpdate",
        path,
        content: typeof content === "string" ? new Blob([content]) : content,
      })),
      title,
      abortSignal: ask.signal,
      // Xet's chunking is heavy arithmetic, for which this process is the wrong place.
      useXet: false,
      ...asking,
      fetch: countingFetch(asking.fetch, (path, bytes) => {
        const all = (sent.get(path) ?? 0) + bytes;
        sent.set(path, all);
        listener.file(path, Math.min(1, all / Math.max(1, sizes.get(path) ?? all)));
      }),
    });
    for (;;) {
      const { done, value } = await committing.next();
      if (done) return value?.commit.url ?? null;
      if (value.event === "fileProgress") {
        if (value.state === "hashing") listener.phase("preparing");
        else listener.phase("sending");
        if (value.state === "uploading" && value.progress === 1) listener.file(value.path, 1);
      } else if (value.phase === "committing") listener.phase("committing");
    }
  });
}

type Asking = { accessToken: string; hubUrl: string; fetch: typeof fetch };

async function inWords<T>(
  step: PushStep,
  repo: string,
  { access, signal }: PushAsk,
  ask: (asking: Asking) => Promise<T>,
): Promise<T> {
  const { token, endpoint } = access;
  if (token === null)
    throw new AppError(
      "forbidden",
      'Pushing needs a token with the role "write". Make one on Hugging Face, and keep it under Settings.',
    );
  // The library refuses others before it asks, in words of its own.
  if (!token.startsWith("hf_"))
    throw new AppError(
      "forbidden",
      "The token that is kept here is none of Hugging Face's: those begin with hf_.",
    );
  try {
    return await ask({ accessToken: token, hubUrl: endpoint, fetch: ownFetch(endpoint, signal) });
  } catch (error) {
    if (signal?.aborted || error instanceof AppError) throw error;
    throw pushRefusal(error, { step, repo, endpoint });
  }
}

/** Stops with the signal, and tells the token to no other host. */
function ownFetch(endpoint: string, signal?: AbortSignal): typeof fetch {
  const home = new URL(endpoint).origin;
  return (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init.headers);
    headers.set("user-agent", "tuneboard");
    const isHome = url.origin === home;
    if (!isHome) headers.delete("authorization");
    const signals = [signal, init.signal].filter((each) => each != null);
    return fetch(url, {
      ...init,
      headers,
      // A renamed repository answers with another address: a push must not go where nobody has agreed to.
      ...(isHome && { redirect: "manual" }),
      signal: signals.length > 0 ? AbortSignal.any(signals) : null,
    });
  };
}

/** Tells how many bytes of a file's body have been read to be sent. */
function countingFetch(send: typeof fetch, onBytes: (path: string, bytes: number) => void): typeof fetch {
  return (input, init) => {
    const { progressHint } = (init ?? {}) as { progressHint?: { path?: string } };
    const path = progressHint?.path;
    const body =
      init?.body instanceof Blob && path !== undefined
        ? new CountedBlob(init.body, (bytes) => onBytes(path, bytes))
        : init?.body;
    return send(input, { ...init, body });
  };
}

/** A blob that tells of the bytes that its stream gives out. Unlike a plain stream it has a length, which storages ask for. */
class CountedBlob extends Blob {
  constructor(
    private readonly inner: Blob,
    private readonly onBytes: (bytes: number) => void,
  ) {
    super();
  }

  override get size(): number {
    return this.inner.size;
  }

  override stream(): ReturnType<Blob["stream"]> {
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        this.onBytes(chunk.byteLength);
        controller.enqueue(chunk);
      },
    });
    return (this.inner.stream() as ReadableStream<Uint8Array>).pipeThrough(count) as ReturnType<
      Blob["stream"]
    >;
  }
}
