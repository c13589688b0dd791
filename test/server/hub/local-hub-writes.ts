/**
 * The writing half of the local hub: whose a token is, new repositories, and files through LFS storage on a second host,
 * in one piece or in parts, until a commit shows them.
 */
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { HubRepo } from "./local-hub";

export interface HubAccountFacts {
  name: string;
  orgs?: string[];
  role?: "read" | "write" | "fineGrained";
}

export interface WriteTrouble {
  /** Answers one kind of request with this status, always. */
  refuse?: { at: "whoami" | "create" | "preupload" | "storage" | "commit"; status: number; error?: string };
  /** The storage never answers a file. */
  silentStorage?: boolean;
}

export interface HubWrites {
  /** By token. */
  accounts: Map<string, HubAccountFacts>;
  /** Files that the storage has, by sha256. */
  stored: Map<string, Buffer>;
  /** Sizes of the bodies that came to the storage. */
  received: number[];
  created: { repo: string; visibility: string }[];
  commits: { repo: string; title: string; files: string[] }[];
  trouble: WriteTrouble;
}

const PART_BYTES = 1024 * 1024;

/** Answers requests that write; the handlers say whether they took one. */
export function writingHub(models: Map<string, HubRepo>) {
  const writes: HubWrites = {
    accounts: new Map(),
    stored: new Map(),
    received: [],
    created: [],
    commits: [],
    trouble: {},
  };
  const parts = new Map<string, Map<number, Buffer>>();

  const refused = (response: ServerResponse, at: NonNullable<WriteTrouble["refuse"]>["at"]): boolean => {
    const { refuse } = writes.trouble;
    if (refuse?.at !== at) return false;
    json(response, refuse.status, { error: refuse.error ?? "refused" });
    return true;
  };

  /** The account behind a request that may write to an owner's repositories; else it has been answered. */
  function writer(request: IncomingMessage, response: ServerResponse, owner: string): HubAccountFacts | null {
    const account = accountOf(request);
    if (!account) json(response, 401, { error: "Invalid credentials in Authorization header" });
    else if (account.role === "read" || ![account.name, ...(account.orgs ?? [])].includes(owner))
      json(response, 403, {
        error: `You don't have the rights to create a model under the namespace "${owner}"`,
      });
    else return account;
    return null;
  }

  const accountOf = ({ headers }: IncomingMessage) =>
    writes.accounts.get(/^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "");

  async function onHub(
    request: IncomingMessage,
    response: ServerResponse,
    { path, storage }: { path: string; storage: string },
  ): Promise<void> {
    if (path === "/api/whoami-v2") {
      const account = accountOf(request);
      if (refused(response, "whoami")) return;
      if (!account) return json(response, 401, { error: "Invalid user token." });
      return json(response, 200, {
        type: "user",
        name: account.name,
        orgs: (account.orgs ?? []).map((name) => ({ type: "org", name })),
        auth: { type: "access_token", accessToken: { displayName: "test", role: account.role ?? "write" } },
      });
    }
    if (path === "/api/repos/create") {
      const { name, organization, visibility } = JSON.parse(String(await body(request))) as Record<
        string,
        string
      >;
      const repo = `${organization}/${name}`;
      if (!writer(request, response, organization!) || refused(response, "create")) return;
      if (models.has(repo)) return json(response, 409, { error: "You already created this model repo" });
      models.set(repo, { files: {}, private: visibility === "private" });
      writes.created.push({ repo, visibility: visibility! });
      return json(response, 200, { url: `/${repo}`, id: repo });
    }
    const [, repo, step] =
      /^\/api\/models\/([^/]+\/[^/]+)\/(preupload|commit)\/main$/.exec(path) ??
      /^\/([^/]+\/[^/]+)\.git\/info\/lfs\/(objects\/batch)$/.exec(path) ??
      [];
    if (!repo || !step || !writer(request, response, repo.split("/")[0]!)) return;
    const text = String(await body(request));
    if (step === "preupload") {
      if (refused(response, "preupload")) return;
      const { files } = JSON.parse(text) as { files: { path: string }[] };
      return json(response, 200, {
        files: files.map(({ path: file }) => ({
          path: file,
          uploadMode: /\.(safetensors|gguf)$/.test(file) ? "lfs" : "regular",
          shouldIgnore: false,
        })),
      });
    }
    if (step === "objects/batch") {
      const { objects } = JSON.parse(text) as { objects: { oid: string; size: number }[] };
      return json(response, 200, {
        transfer: "basic",
        objects: objects.map((object) => ({
          ...object,
          ...(!writes.stored.has(object.oid) && { actions: { upload: uploadOf(object, storage) } }),
        })),
      });
    }
    if (refused(response, "commit")) return;
    const lines = text.split("\n").map((line) => JSON.parse(line) as { key: string; value: CommitLine });
    const written = models.get(repo)!.files;
    for (const { key, value } of lines) {
      if (key === "file") written[value.path!] = Buffer.from(value.content!, "base64");
      if (key === "lfsFile") written[value.path!] = { content: writes.stored.get(value.oid!)!, lfs: true };
    }
    const files = lines.flatMap(({ value }) => value.path ?? []);
    writes.commits.push({ repo, title: lines[0]!.value.summary!, files });
    json(response, 200, {
      success: true,
      commitOid: "c".repeat(40),
      commitUrl: `/${repo}/commit/c`,
      hookOutput: "",
    });
  }

  async function onStorage(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const [, oid, part] = /^\/lfs\/([0-9a-f]{64})\/?(\w*)$/.exec(path) ?? [];
    const content = await body(request);
    if (writes.trouble.silentStorage) return;
    if (refused(response, "storage")) return;
    if (part === "complete") {
      const all = [...parts.get(oid!)!].sort(([a], [b]) => a - b).map(([, piece]) => piece);
      writes.stored.set(oid!, Buffer.concat(all));
      return json(response, 200, {});
    }
    // As S3 does: no piece without a length.
    if (request.headers["content-length"] === undefined)
      return json(response, 501, { error: "NotImplemented" });
    writes.received.push(content.length);
    if (part) parts.set(oid!, (parts.get(oid!) ?? new Map<number, Buffer>()).set(Number(part), content));
    else if (createHash("sha256").update(content).digest("hex") === oid) writes.stored.set(oid, content);
    response.writeHead(200, { etag: `"${part}"` }).end();
  }

  return { writes, onHub, onStorage };
}

interface CommitLine {
  path?: string;
  content?: string;
  oid?: string;
  summary?: string;
}

function uploadOf({ oid, size }: { oid: string; size: number }, storage: string) {
  const href = `${storage}/lfs/${oid}`;
  if (size <= PART_BYTES) return { href: `${href}?signature=s3cret`, header: {} };
  const count = Math.ceil(size / PART_BYTES);
  const parts = Array.from({ length: count }, (_, i) => [String(i + 1), `${href}/${i + 1}?signature=s3cret`]);
  return {
    href: `${href}/complete?signature=s3cret`,
    header: { chunk_size: String(PART_BYTES), ...Object.fromEntries(parts) },
  };
}

async function body(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}
