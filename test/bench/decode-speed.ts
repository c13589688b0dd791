/**
 * `decode-speed <model folder> [threads]`: greedy decoding after a prompt of 64 tokens, as the api server does it, in
 * float32 and int8, as JSON. Alone in this process; the best of three answers counts.
 */
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { openCachedDecoder } from "@/server/trainer/generate/cached-decoder";
import { argmax } from "@/server/trainer/generate/logit-filters";

const PROMPT_TOKENS = 64;
const NEW_TOKENS = 64;
const [path = "", threads] = process.argv.slice(2);

async function measure(bits: 32 | 8): Promise<Record<string, number>> {
  const folder = await openModelFolder(path);
  const started = performance.now();
  const decoder = await openCachedDecoder(folder, { bits, ...(threads && { threads: Number(threads) }) });
  const load = (performance.now() - started) / 1000;
  let firstToken = Infinity;
  let rate = 0;
  for (let round = 0; round < 3; round++) {
    const cache = decoder.newCache();
    let ids = Array.from({ length: PROMPT_TOKENS }, (_, i) => (i * 977 + 13) % decoder.vocabSize);
    const begin = performance.now();
    ids = [argmax(await decoder.extend(cache, ids))];
    const first = performance.now();
    for (let i = 0; i < NEW_TOKENS; i++) ids = [argmax(await decoder.extend(cache, ids))];
    firstToken = Math.min(firstToken, first - begin);
    rate = Math.max(rate, (NEW_TOKENS / (performance.now() - first)) * 1000);
  }
  await decoder.dispose();
  await folder.close();
  return {
    load_seconds: Number(load.toFixed(2)),
    first_token_ms: Math.round(firstToken),
    tokens_per_second: Number(rate.toFixed(1)),
  };
}

console.log(JSON.stringify({ float32: await measure(32), int8: await measure(8) }));
