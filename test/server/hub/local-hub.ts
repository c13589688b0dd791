/**
 * A hub of our own on loopback that speaks Hugging Face's paths and ModelScope's: listings, files with ranges, redirects
 * to a second host as to a CDN, pushes, and every kind of trouble that a test asks for.
 */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type HubWrites, writingHub } from "./local-hub-writes";

export interface HubFile {
  content: Buffer;
  /** Kept as LFS does: told by its sha256, served by the CDN. */
  lfs?: boolean;
}

export interface HubRepo {
  files: Record<string, Buffer | string | HubFile>;
  /** Only with this token. */
  token?: string;
  /** Terms that nobody has accepted: 403 for files and listing. */
  gated?: boolean;
  license?: string;
  private?: boolean;
}

export interface Trouble {
  /** Ends every file's connection after so many bytes, so many times. */
  breakAfter?: { bytes: number; times: number };
  /** Another content than the listing promises, so many times. */
  corrupt?: { path: string; times: number };
  /** An answer for files in place of the content, so many times. */
  answer?: { status: number; times: number; retryAfter?: string };
  ignoreRanges?: boolean;
  /** Sends at most so many bytes a tick of 20 ms. */
  slow?: number;
}

export interface LocalHub {
  /** Serves HF's and ModelScope's paths. */
  url: string;
  models: Map<string, HubRepo>;
  datasets: Map<string, HubRepo>;
  trouble: Trouble;
  /** What has been pushed, and who may. */
  writes: HubWrites;
  /** What was asked: method, path, range, and which token the host saw. */
  seen: { host: "hub" | "cdn"; path: string; range: string | null; token: string | null }[];
  close(): Promise<void>;
}

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** Starts the hub and its CDN on free ports. */
export async function startLocalHub(): Promise<LocalHub> {
  const models = new Map<string, HubRepo>();
  const { writes, onHub, onStorage } = writingHub(models);
  const hub: LocalHub = {
    url: "",
    models,
    writes,
    datasets: new Map(),
    trouble: {},
    seen: [],
    close: async () => {
      await Promise.all([main, cdn].map(closeServer));
    },
  };
  const cdn = createServer((request, response) => {
    note("cdn", request);
    if (request.method !== "GET") {
      onStorage(request, response, new URL(request.url!, "http://cdn").pathname).catch(() =>
        response.destroy(),
      );
      return;
    }
    const [, kind, ...rest] = new URL(request.url!, "http://cdn").pathname.split("/").map(decodeURIComponent);
    const [org, name, ...file] = rest;
    const found = fileOf(
      (kind === "models" ? hub.models : hub.datasets).get(`${org}/${name}`),
      file.join("/"),
    );
    if (found) sendFile(request, response, file.join("/"), found.content);
    else response.writeHead(404).end();
  });
  const main = createServer((request, response) => {
    note("hub", request);
    const { pathname } = new URL(request.url!, "http://hub");
    if (request.method === "POST" || pathname === "/api/whoami-v2") {
      onHub(request, response, { path: decodeURIComponent(pathname), storage: cdnUrl }).catch(() =>
        response.destroy(),
      );
      return;
    }
    try {
      answer(request, response);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  const cdnUrl = await listen(cdn);
  hub.url = await listen(main);

  function note(host: "hub" | "cdn", { url, headers }: IncomingMessage) {
    hub.seen.push({
      host,
      path: url ?? "",
      range: headers.range ?? null,
      token: /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? null,
    });
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url!, hub.url);
    const path = decodeURIComponent(url.pathname);
    const query = url.searchParams;
    const scope = /^\/api\/v1\/(models|datasets)\/([^/]+\/[^/]+)(\/repo\/files|\/repo\/tree|\/repo)?$/.exec(
      path,
    );
    if (scope)
      return modelScope(request, response, { kind: scope[1]!, id: scope[2]!, place: scope[3], query });
    const info = /^\/api\/(models|datasets)\/([^/]+\/[^/]+)\/(revision|tree)\/([^/]+)$/.exec(path);
    if (info) {
      const repo = open(request, response, info[1]!, info[2]!);
      if (!repo) return;
      if (info[3] === "tree") return sendJson(response, 200, hfTree(repo));
      return sendJson(response, 200, {
        _id: "1",
        id: info[2],
        sha: COMMIT,
        private: repo.private ?? false,
        gated: repo.gated ? "manual" : false,
        downloads: 1,
        likes: 1,
        lastModified: "2026-01-01T00:00:00.000Z",
        tags: repo.license ? [`license:${repo.license}`] : [],
      });
    }
    const file = /^\/(datasets\/)?([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path);
    if (file) {
      const kind = file[1] ? "datasets" : "models";
      const repo = open(request, response, kind, file[2]!);
      if (repo) serve(request, response, { repo, kind, id: file[2]!, path: file[4]! });
      return;
    }
    response.writeHead(404).end();
  }

  function modelScope(
    request: IncomingMessage,
    response: ServerResponse,
    {
      kind,
      id,
      place,
      query,
    }: { kind: string; id: string; place: string | undefined; query: URLSearchParams },
  ): void {
    const repo = open(request, response, kind, id);
    if (!repo) return;
    if (place === "/repo") {
      serve(request, response, { repo, kind, id, path: query.get("FilePath")! });
      return;
    }
    if (place === undefined) {
      sendJson(response, 200, { Code: 200, Data: { License: repo.license ?? "" }, Success: true });
      return;
    }
    const entries = Object.keys(repo.files).map((path) => {
      const { content } = fileOf(repo, path)!;
      return { Path: path, Name: path, Size: content.length, Sha256: sha256(content), Type: "blob" };
    });
    const folders = [{ Path: "data", Name: "data", Size: 0, Sha256: "", Type: "tree" }];
    const page = Number(query.get("PageNumber") ?? 1);
    const size = Number(query.get("PageSize") ?? 10_000);
    const all = [...folders, ...entries].slice((page - 1) * size, page * size);
    sendJson(response, 200, { Code: 200, Data: { Files: all }, Success: true });
  }

  /** The repository where the asker may see it; else it has been answered. */
  function open(
    request: IncomingMessage,
    response: ServerResponse,
    kind: string,
    id: string,
  ): HubRepo | null {
    const repo = (kind === "models" ? hub.models : hub.datasets).get(id);
    if (!repo) {
      sendJson(response, 404, { error: "Repository not found" });
      return null;
    }
    if (repo.token !== undefined && request.headers.authorization !== `Bearer ${repo.token}`) {
      sendJson(response, 401, { error: "Invalid credentials" });
      return null;
    }
    if (repo.gated) {
      sendJson(response, 403, { error: "Access to this repo is restricted" });
      return null;
    }
    return repo;
  }

  function serve(
    request: IncomingMessage,
    response: ServerResponse,
    { repo, kind, id, path }: { repo: HubRepo; kind: string; id: string; path: string },
  ): void {
    const found = fileOf(repo, path);
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    if (found.lfs) {
      response.writeHead(302, { location: `${cdnUrl}/${kind}/${id}/${path}?signature=x` }).end();
      return;
    }
    sendFile(request, response, path, found.content);
  }

  function sendFile(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    original: Buffer,
  ): void {
    const { trouble } = hub;
    if (trouble.answer && trouble.answer.times > 0) {
      trouble.answer.times -= 1;
      const { status, retryAfter } = trouble.answer;
      response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end();
      return;
    }
    let content = original;
    if (trouble.corrupt?.path === path && trouble.corrupt.times > 0) {
      trouble.corrupt.times -= 1;
      content = Buffer.from(original);
      content[0] = content[0]! ^ 0xff;
    }
    const from = trouble.ignoreRanges
      ? 0
      : Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (from > content.length) {
      response.writeHead(416).end();
      return;
    }
    const body = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": body.length,
      ...(from > 0 && { "content-range": `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    if (trouble.breakAfter && trouble.breakAfter.times > 0 && body.length > trouble.breakAfter.bytes) {
      trouble.breakAfter.times -= 1;
      response.write(body.subarray(0, trouble.breakAfter.bytes), () =>
        setTimeout(() => response.destroy(), 20),
      );
      return;
    }
    if (trouble.slow === undefined) response.end(body);
    else trickle(response, body, trouble.slow);
  }

  return hub;
}

function trickle(response: ServerResponse, body: Buffer, bytes: number): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent >= body.length || response.destroyed) {
      clearInterval(timer);
      response.end();
      return;
    }
    response.write(body.subarray(sent, (sent += bytes)));
  }, 20);
}

function fileOf(repo: HubRepo | undefined, path: string): HubFile | null {
  const file = repo?.files[path];
  if (file === undefined) return null;
  if (typeof file === "string") return { content: Buffer.from(file) };
  return Buffer.isBuffer(file) ? { content: file } : file;
}

function hfTree(repo: HubRepo) {
  return Object.keys(repo.files).map((path) => {
    const { content, lfs } = fileOf(repo, path)!;
    return {
      type: "file",
      path,
      size: content.length,
      oid: createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex"),
      ...(lfs && { lfs: { oid: sha256(content), size: content.length, pointerSize: 134 } }),
    };
  });
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
