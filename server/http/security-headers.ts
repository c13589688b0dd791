/**
 * The headers that every reply carries, and the content security policy of pages. Next's inline scripts are allowed by
 * their hashes where a page was rendered at build time, and by the request's nonce where it is rendered now.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ServerResponse } from "node:http";

export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
}

/** Takes back what only documents obey: a page's scripts and styles, a dozen of them, need not carry it. */
export function removeDocumentHeaders(response: ServerResponse): void {
  for (const name of [
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
  ])
    response.removeHeader(name);
}

/**
 * @param scripts sources allowed besides the console's own files: `'nonce-…'`, `'sha256-…'`
 * @param dev Next's development mode compiles in the browser and needs eval; never set in production
 */
export function contentSecurityPolicy(scripts: readonly string[], dev = false): string {
  return [
    "default-src 'self'",
    `script-src 'self' ${dev ? "'unsafe-inline' 'unsafe-eval'" : scripts.join(" ")}`.trimEnd(),
    // Radix and recharts measure and place things with style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;

/** Hash sources of the inline scripts of a page. */
export function inlineScriptHashes(html: string): string[] {
  const hashes = [...html.matchAll(INLINE_SCRIPT)]
    .map((match) => match[1]!)
    .filter((code) => code !== "")
    .map((code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  return [...new Set(hashes)];
}

/** Hashes by address for every page that `next build` rendered; addresses as in "/train", "/" for the first page. */
export function prerenderedScriptHashes(nextFolder: string): Map<string, string[]> {
  const base = path.join(nextFolder, "server", "app");
  const files = readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    files.map((file) => {
      const address = `/${path
        .relative(base, file)
        .split(path.sep)
        .join("/")
        .replace(/\.html$/, "")}`;
      return [address === "/index" ? "/" : address, inlineScriptHashes(readFileSync(file, "utf8"))];
    }),
  );
}
