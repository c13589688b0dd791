/** What a page's first look brings into the browser, told from its imports alone. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
/** zod checks what people type; it comes with the first touch, or with the dialog that asks. */
const CHECKS = /node_modules\/zod\//;
/** Compressed bytes of a page's own parts and packages, beside React and Next, which are the same on every page. */
const MOST_BYTES = 120_000;

/** The modules that a page and the frame around it import, without those that they ask for later, and their size. */
async function firstLook(page: string): Promise<{ modules: string[]; bytes: number }> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: {
      contents: ["shell/providers", "shell/app-shell", "shell/more-words", page]
        .map((name) => `export * from "@/components/${name}";`)
        .join("\n"),
      resolveDir: ROOT,
    },
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    metafile: true,
    write: false,
    outdir: "out",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    alias: { "use-intl/format-message": "use-intl/format-message/format-only" },
    external: ["react", "react/*", "react-dom", "next/*"],
  });
  const outputs = new Set(["out/stdin.js"]);
  for (const output of outputs) {
    for (const { path: next, kind } of metafile.outputs[output]!.imports)
      if (kind === "import-statement" && next in metafile.outputs) outputs.add(next);
  }
  const code = outputFiles.filter((file) => outputs.has(path.relative(ROOT, file.path)));
  return {
    modules: [...outputs].flatMap((output) =>
      Object.entries(metafile.outputs[output]!.inputs).flatMap(([name, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [name] : [],
      ),
    ),
    bytes: brotliCompressSync(Buffer.concat(code.map(({ contents }) => contents))).length,
  };
}

const pages = readdirSync(path.join(ROOT, "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "page.tsx")
  .flatMap((file) => {
    const component = /"@\/components\/(\w+\/[\w-]+-page)"/.exec(
      readFileSync(path.join(ROOT, "app", file), "utf8"),
    )?.[1];
    return component ? [[path.dirname(component), component] as const] : [];
  });

describe("the first look at a page", () => {
  it("is known for every page of the rail", () => {
    expect(pages.length).toBeGreaterThanOrEqual(9);
  });

  it.each(pages)("of %s brings its part of 250 kB, and no checks of what is typed", async (_name, page) => {
    const { modules, bytes } = await firstLook(page);
    expect(modules.filter((module) => CHECKS.test(module))).toEqual([]);
    expect(bytes).toBeLessThan(MOST_BYTES);
  });
});
