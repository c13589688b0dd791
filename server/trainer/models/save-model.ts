/** Writes a fully trained model as a Hugging Face folder, in float32 so that a run resumes from exactly what it had. */
import path from "node:path";
import { readJsonObject } from "../checkpoint/json-file";
import { GENERATION_CONFIG_FILE, writeModelFolder, type ModelFolder } from "../checkpoint/model-folder";
import type { HostTensor } from "../executor/executor";

/** @param base the folder that training began from: its config.json is written again with the new element type */
export async function saveFullModel(
  target: string,
  base: Pick<ModelFolder, "path" | "config">,
  weights: ReadonlyMap<string, HostTensor>,
): Promise<void> {
  // transformers 5 writes dtype, 4 writes torch_dtype; each reads only its own before version 4.56.
  const key = "torch_dtype" in base.config ? "torch_dtype" : "dtype";
  await writeModelFolder(target, {
    config: { ...base.config, [key]: "float32" },
    generationConfig: await readJsonObject(path.join(base.path, GENERATION_CONFIG_FILE)),
    tensors: [...weights].map(([name, { data, shape }]) => ({
      name,
      shape,
      dtype: "F32" as const,
      data: data as Float32Array,
    })),
  });
}
