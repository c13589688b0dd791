import { utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createAdapterShelf, type Shelved } from "@/server/trainer/generate/adapter-shelf";
import { temporaryFolder } from "../models/tiny-model";

interface Recorded extends Shelved {
  readonly folder: string;
}

/** A shelf whose adapters are large where their folder says so, and what was opened and disposed of. */
function recordingShelf() {
  const opened: string[] = [];
  const disposed: string[] = [];
  const shelf = createAdapterShelf<Recorded>((folder) => {
    opened.push(path.basename(folder));
    if (folder.includes("broken")) return Promise.reject(new Error("broken"));
    return Promise.resolve({
      folder,
      isLarge: folder.includes("large"),
      dispose: () => Promise.resolve(void disposed.push(path.basename(folder))),
    });
  });
  const use = async (name: string) => (await shelf.take(name)).release();
  return { shelf, opened, disposed, use };
}

describe("createAdapterShelf", () => {
  it("opens an adapter once, and again when its weights have changed", async () => {
    const { shelf, opened } = recordingShelf();
    const folder = temporaryFolder();
    const weights = path.join(folder, "adapter_model.safetensors");
    writeFileSync(weights, "");
    const first = await shelf.take(folder);
    expect((await shelf.take(folder)).version).toBe(first.version);
    expect(opened).toHaveLength(1);
    utimesSync(weights, 1, 1);
    expect((await shelf.take(folder)).version).not.toBe(first.version);
    expect(opened).toHaveLength(2);
  });

  it("keeps eight small adapters, the ones used last", async () => {
    const { opened, disposed, use } = recordingShelf();
    for (let i = 0; i < 9; i++) await use(`small-${i}`);
    expect(disposed).toEqual(["small-0"]);
    await use("small-1");
    await use("small-9");
    expect(disposed).toEqual(["small-0", "small-2"]);
    expect(opened).toHaveLength(10);
  });

  it("keeps two with weights of their own, beside small ones", async () => {
    const { disposed, use } = recordingShelf();
    for (const name of ["large-0", "small-0", "large-1", "small-1", "large-2"]) await use(name);
    expect(disposed).toEqual(["large-0"]);
  });

  it("disposes of nothing that is in use, and of it once that ends", async () => {
    const { shelf, disposed, use } = recordingShelf();
    const inUse = await shelf.take("large-0");
    for (const name of ["large-1", "large-2", "large-3"]) await use(name);
    expect(disposed).toEqual(["large-1", "large-2"]);
    await use("large-4");
    expect(disposed).not.toContain("large-0");
    inUse.release();
    await use("large-5");
    expect(disposed).toContain("large-0");
  });

  it("tries again after a failure, and disposes of all at the end", async () => {
    const { shelf, opened, disposed, use } = recordingShelf();
    await expect(shelf.take("broken")).rejects.toThrow("broken");
    await expect(shelf.take("broken")).rejects.toThrow("broken");
    expect(opened).toEqual(["broken", "broken"]);
    await use("small");
    await use("large");
    await shelf.dispose();
    expect(disposed).toEqual(["small", "large"]);
  });
});
