/**
 * `llama-speed <folder with node-llama-cpp> <model.gguf> [threads]`: the answer of decode-speed.ts by llama.cpp, through
 * node-llama-cpp as it is installed in that folder, as JSON. The best of three answers counts.
 */
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const PROMPT_TOKENS = 64;
const NEW_TOKENS = 64;
const [folder, file, given] = process.argv.slice(2);
const threads = Number(given ?? availableParallelism());
const { resolve } = createRequire(path.join(path.resolve(folder), "package.json"));
const { getLlama } = await import(pathToFileURL(resolve("node-llama-cpp")).href);

const llama = await getLlama({
  gpu: false,
  build: "never",
  logLevel: "error",
  maxThreads: threads,
});
const started = performance.now();
const model = await llama.loadModel({ modelPath: path.resolve(file) });
const load = (performance.now() - started) / 1000;
const context = await model.createContext({ contextSize: 256, threads });
const sequence = context.getSequence();
const vocabulary = model.fileInfo.metadata.tokenizer.ggml.tokens.length;
const prompt = Array.from({ length: PROMPT_TOKENS }, (_, i) => (i * 977 + 13) % vocabulary);
let firstToken = Infinity;
let rate = 0;
for (let round = 0; round < 3; round++) {
  await sequence.clearHistory();
  const begin = performance.now();
  let first = 0;
  let made = 0;
  for await (const _ of sequence.evaluate(prompt, { temperature: 0, yieldEogToken: true })) {
    if (made === 0) first = performance.now();
    if (made++ === NEW_TOKENS) break;
  }
  firstToken = Math.min(firstToken, first - begin);
  rate = Math.max(rate, (NEW_TOKENS / (performance.now() - first)) * 1000);
}
console.log(
  JSON.stringify({
    load_seconds: Number(load.toFixed(2)),
    first_token_ms: Math.round(firstToken),
    tokens_per_second: Number(rate.toFixed(1)),
  }),
);
await llama.dispose();
