/**
 * The pages: Next's request handler behind the console's own policy headers. Next is loaded only here, and only when
 * pages are wanted, so that tests and tools run the console without it.
 */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import path from "node:path";
import sirv from "sirv";
import { packReply } from "./pack-reply";
import { contentSecurityPolicy, prerenderedScriptHashes, removeDocumentHeaders } from "./security-headers";

/** Where the pages look for their scripts and styles. */
const STATIC = "/_next/static/";

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

export interface PagesSetUp {
  /** The repository's folder, where app/ and .next/ lie. */
  root: string;
  mode: "development" | "production";
  server: Server;
  port: number;
}

/** Loads Next and makes it ready to answer. */
export async function openPages({ root, mode, server, port }: PagesSetUp): Promise<Pages> {
  const dev = mode === "development";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  if (dev) process.env.TUNEBOARD_PAGES = path.join(".build", `pages-${port}`);
  const { default: next } = await import("next");
  const app = next({ dev, dir: root, httpServer: server, quiet: true });
  await app.prepare();
  const handler = app.getRequestHandler();
  const hashes = dev ? new Map<string, string[]>() : prerenderedScriptHashes(path.join(root, ".next"));
  // Built files carry their content's hash in their name, so they never change.
  const scripts =
    !dev && sirv(path.join(root, ".next", "static"), { brotli: true, immutable: true, maxAge: 31_536_000 });
  const notFound = hashes.get("/_not-found") ?? [];
  return {
    async handle(request, response) {
      if (scripts && request.url?.startsWith(STATIC)) {
        removeDocumentHeaders(response);
        request.url = request.url.slice(STATIC.length - 1);
        return scripts(request, response, () => void response.writeHead(404).end());
      }
      const nonce = randomBytes(16).toString("base64");
      const address = new URL(request.url ?? "/", "http://console").pathname;
      const policy = contentSecurityPolicy([`'nonce-${nonce}'`, ...(hashes.get(address) ?? notFound)], dev);
      response.setHeader("Content-Security-Policy", policy);
      // Next takes the nonce for the pages it renders now from the request's own policy header.
      request.headers["content-security-policy"] = policy;
      request.headers["x-nonce"] = nonce;
      if (!dev) packReply(request, response);
      await handler(request, response);
    },
    close: () => app.close(),
  };
}
