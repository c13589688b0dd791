/**
 * LoRA steps on a random model, alone in this process so that its peak memory means something:
 * `train-speed <model folder> '<settings as JSON>'` prints one JSON line. Every position labelled, rank 8, AdamW.
 * Processor time stands beside the clock's: other programs on the machine disturb it less.
 */
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import { countLabels, type TokenBatch } from "@/server/trainer/models/causal-lm";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { createOptimizer } from "@/server/trainer/optim/create-optimizer";

interface Settings {
  readonly steps?: number;
  readonly rows?: number;
  readonly length?: number;
  /** Of the frozen base; default: float32. */
  readonly bits?: 8;
  /** Bytes; 0: everything that can be recomputed is. */
  readonly memoryBudget?: number;
  readonly threads?: number;
}

const [folder = "", given = "{}"] = process.argv.slice(2);
const { steps = 5, rows = 2, length = 256, bits, memoryBudget, threads } = JSON.parse(given) as Settings;
const executor = await createExecutor("onnx", { threads });
const model = await loadTrainableModel({
  folder,
  method: {
    ...{ kind: "lora", rank: 8, alpha: 16, dropout: 0, target: "all", initSeed: 42 },
    quantizationBit: bits,
  },
  executor,
  memoryBudget,
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
const processorSeconds: number[] = [];
let loss = NaN;
for (let step = 1; step <= steps; step++) {
  const started = performance.now();
  const before = process.cpuUsage();
  for (const { grad } of model.parameters) grad.fill(0);
  loss = await model.accumulateGradients(batch, { denominator, dropoutSeed: step });
  optimizer.step(1e-4);
  const { user, system } = process.cpuUsage(before);
  processorSeconds.push((user + system) / 1e6);
  seconds.push((performance.now() - started) / 1000);
}
const byTime = (a: number, b: number) => a - b;
seconds.sort(byTime);
processorSeconds.sort(byTime);
console.log(
  JSON.stringify({
    device: executor.device,
    trainable: model.trainableCount,
    loss,
    tokens_per_second: (rows * length) / seconds[0]!,
    median_tokens_per_second: (rows * length) / seconds[Math.floor(seconds.length / 2)]!,
    processor_seconds_per_step: processorSeconds[0],
    peak_mb: process.resourceUsage().maxRSS / 1024,
  }),
);
model.dispose();
executor.dispose();

function randomBatch(vocabulary: number): TokenBatch {
  let state = 777;
  const inputIds = Int32Array.from({ length: rows * length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % vocabulary;
  });
  return {
    rows,
    length,
    inputIds,
    labels: inputIds.slice(),
    attentionMask: new Int32Array(rows * length).fill(1),
    positionIds: null,
  };
}
