/** Adapters as PEFT leaves them: what adapter_config.json says, and how large the weights are. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { AdapterSummary } from "@/server/contract/model-folders";

const CONFIG = "adapter_config.json";

const configSchema = z.looseObject({
  peft_type: z.string().nullish(),
  r: z.number().nullish(),
  base_model_name_or_path: z.string().nullish(),
});

/** An adapter's folder; null where it holds none, or none that can be read. */
export async function readAdapterFolder(
  folder: string,
): Promise<Pick<AdapterSummary, "kind" | "rank" | "base" | "bytes"> | null> {
  try {
    const { peft_type, r, base_model_name_or_path } = configSchema.parse(
      JSON.parse(await readFile(path.join(folder, CONFIG), "utf8")),
    );
    const { size } = await stat(path.join(folder, "adapter_model.safetensors"));
    return { kind: peft_type ?? null, rank: r ?? null, base: base_model_name_or_path ?? null, bytes: size };
  } catch {
    return null;
  }
}

/** Folders with an adapter, at most `depth` levels down. */
export async function findAdapters(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some((entry) => entry.name === CONFIG)) return [folder];
  if (depth === 0) return [];
  const inner = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
      .map((entry) => findAdapters(path.join(folder, entry.name), depth - 1)),
  );
  return inner.flat();
}
