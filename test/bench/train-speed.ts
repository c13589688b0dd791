/**
 * LoRA steps on a random model, alone in this process so that its peak memory means something:
 * `train-speed <model folder> <steps>` prints one JSON line. Batch 2 × 256, every position labelled, rank 8, AdamW.
 */
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import { countLabels, type TokenBatch } from "@/server/trainer/models/causal-lm";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { createOptimizer } from "@/server/trainer/optim/create-optimizer";

const ROWS = 2;
const LENGTH = 256;

const [folder = "", steps = "5"] = process.argv.slice(2);
const executor = await createExecutor("onnx");
const model = await loadTrainableModel({
  folder,
  method: { kind: "lora", rank: 8, alpha: 16, dropout: 0, target: "all", initSeed: 42 },
  executor,
});
const optimizer = createOptimizer(model.parameters, {
  optim: "adamw_torch",
  weight_decay: 0,
  adam_beta1: 0.9,
  adam_beta2: 0.999,
  adam_epsilon: 1e-8,
});
const batch = randomBatch(Number(model.hfConfig["vocab_size"]));
const denominator = countLabels(batch);

const seconds: number[] = [];
let loss = NaN;
for (let step = 1; step <= Number(steps); step++) {
  const started = performance.now();
  for (const { grad } of model.parameters) grad.fill(0);
  loss = await model.accumulateGradients(batch, { denominator, dropoutSeed: step });
  optimizer.step(1e-4);
  seconds.push((performance.now() - started) / 1000);
}
seconds.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    device: executor.device,
    trainable: model.trainableCount,
    loss,
    tokens_per_second: (ROWS * LENGTH) / seconds[0]!,
    median_tokens_per_second: (ROWS * LENGTH) / seconds[Math.floor(seconds.length / 2)]!,
    peak_mb: process.resourceUsage().maxRSS / 1024,
  }),
);
model.dispose();
executor.dispose();

function randomBatch(vocabulary: number): TokenBatch {
  let state = 777;
  const inputIds = Int32Array.from({ length: ROWS * LENGTH }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % vocabulary;
  });
  return {
    rows: ROWS,
    length: LENGTH,
    inputIds,
    labels: inputIds.slice(),
    attentionMask: new Int32Array(ROWS * LENGTH).fill(1),
    positionIds: null,
  };
}
