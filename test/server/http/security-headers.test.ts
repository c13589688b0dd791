import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import {
  contentSecurityPolicy,
  inlineScriptHashes,
  prerenderedScriptHashes,
} from "@/server/http/security-headers";

const hashOf = (code: string) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;

describe("the content security policy", () => {
  it("allows the console's own files and what is named, nothing else", () => {
    const policy = contentSecurityPolicy(["'nonce-abc'"]);
    expect(policy).toContain("script-src 'self' 'nonce-abc';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:|\*/);
  });

  it("knows the inline scripts of pages that were rendered at build time", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "tuneboard-pages-"));
    try {
      const app = path.join(folder, "server", "app");
      mkdirSync(path.join(app, "runs"), { recursive: true });
      writeFileSync(
        path.join(app, "index.html"),
        '<script src="/a.js"></script><script>one()</script><script id="x">two()</script><script></script>',
      );
      writeFileSync(path.join(app, "runs", "all.html"), "<script>one()</script><script>one()</script>");
      expect(prerenderedScriptHashes(folder)).toEqual(
        new Map([
          ["/", [hashOf("one()"), hashOf("two()")]],
          ["/runs/all", [hashOf("one()")]],
        ]),
      );
      expect(inlineScriptHashes("<p>no scripts</p>")).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
