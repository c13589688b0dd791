/** The CUDA library on request, with a stand-in for the package that fetches it. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gpuLibraryInstaller } from "@/server/engines/gpu-library";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "tuneboard-gpu-"));
  await writeFile(path.join(root, "package.json"), "{}");
});
afterEach(() => rm(root, { recursive: true }));

async function packageWith(installScript: string): Promise<void> {
  const folder = path.join(root, "node_modules", "@tensorflow", "tfjs-node-gpu");
  await mkdir(path.join(folder, "scripts"), { recursive: true });
  await writeFile(
    path.join(folder, "package.json"),
    JSON.stringify({ name: "@tensorflow/tfjs-node-gpu", version: "4.22.0" }),
  );
  await writeFile(path.join(folder, "scripts", "install.js"), installScript);
}

const MAKES_LIBRARY = `
const fs = require("fs"), path = require("path");
console.log("* Downloading libtensorflow 40%");
for (const name of ["deps/lib", "lib/napi-v8"]) fs.mkdirSync(path.join(process.cwd(), name), { recursive: true });
fs.writeFileSync(path.join(process.cwd(), "lib/napi-v8/tfjs_binding.node"), "");
`;

describe("the GPU library", () => {
  it("is fetched only when asked for, with progress", async () => {
    await packageWith(MAKES_LIBRARY);
    const installer = gpuLibraryInstaller(root);
    expect(installer.state()).toMatchObject({ state: "absent", detail: expect.stringContaining("500 MB") });
    const lines: string[] = [];
    const installing = installer.install((line) => lines.push(line));
    expect(installer.state().state).toBe("installing");
    await expect(installer.install()).rejects.toThrow(/already/);
    expect(await installing).toMatchObject({ state: "installed" });
    expect(lines).toContain("* Downloading libtensorflow 40%");
    expect(gpuLibraryInstaller(root).state().state).toBe("installed");
  });

  it("fails clearly where it cannot be fetched, also when the script leaves with 0", async () => {
    await packageWith('console.error("Error: getaddrinfo ENOTFOUND storage.googleapis.com");');
    const installer = gpuLibraryInstaller(root);
    const result = await installer.install();
    expect(result.state).toBe("failed");
    expect(result.detail).toMatch(/could not be fetched.*storage\.googleapis\.com.*ENOTFOUND/);
    expect(installer.state()).toEqual(result);
  });

  it("says so where npm could not get the package itself", async () => {
    const installer = gpuLibraryInstaller(root);
    expect(installer.state()).toMatchObject({
      state: "absent",
      detail: expect.stringContaining("is not installed"),
    });
    await expect(installer.install()).rejects.toThrow(/not installed/);
  });
});
