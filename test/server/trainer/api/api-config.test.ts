import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readApiArguments, weightBits } from "@/server/trainer/api/api-config";

describe("arguments of api and chat", () => {
  it("take LLaMA-Factory's names and defaults", async () => {
    const { config, notes } = await readApiArguments(["model_name_or_path=m", "template=qwen"]);
    expect(config).toMatchObject({
      model_name_or_path: "m",
      template: "qwen",
      adapter_name_or_path: [],
      temperature: 0.95,
      top_p: 0.7,
      top_k: 50,
      max_new_tokens: 1024,
      infer_dtype: "auto",
    });
    expect(notes).toEqual([]);
  });

  it("read a YAML file and let the command line win", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "tuneboard-api-"));
    const file = path.join(folder, "api.yaml");
    await writeFile(
      file,
      "model_name_or_path: m\nadapter_name_or_path: a, b\ntemplate: qwen\ninfer_backend: huggingface\n",
    );
    const { config } = await readApiArguments([file, "template=llama3"]);
    expect(config.adapter_name_or_path).toEqual(["a", "b"]);
    expect(config.template).toBe("llama3");
    await rm(folder, { recursive: true });
  });

  it.each([
    [["template=qwen"], /model_name_or_path: is missing/],
    [["model_name_or_path=m", "infer_dtype=fp16"], /infer_dtype/],
    [["model_name_or_path=m", "quantization_bit=3"], /quantization_bit: must be 8 or 4/],
    [["model_name_or_path=m", "num_beams=4"], /num_beams: 4 is not supported here, only 1/],
    [["model_name_or_path=m", "infer_backend=vllm"], /infer_backend/],
    [["model_name_or_path=m", "tempereture=1"], /tempereture is not an argument.*Did you mean temperature/],
    [["nothing.yaml"], /nothing\.yaml does not exist/],
  ])("name the key and the value of what cannot be used: %j", async (words, message) => {
    await expect(readApiArguments(words)).rejects.toThrow(message);
  });

  it("say what has no effect or is done otherwise", async () => {
    const { notes } = await readApiArguments([
      "model_name_or_path=m",
      "learning_rate=1e-4",
      "infer_dtype=bfloat16",
    ]);
    expect(notes.join(" ")).toMatch(/learning_rate has no effect.*bfloat16.*float32 is used/);
  });

  it("leave the weights' type to the model's size unless one is asked for", async () => {
    const bits = async (...words: string[]) =>
      weightBits((await readApiArguments(["model_name_or_path=m", ...words])).config);
    expect(await bits()).toBe("auto");
    expect(await bits("infer_dtype=float32")).toBe(32);
    expect(await bits("quantization_bit=4")).toBe(4);
  });
});
