/**
 * A model with one more number to say at every position: trl's value head, a linear on the last hidden state, as reward
 * models and PPO's critic have it, with its file value_head.safetensors. What values are compared with is not known here.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { openSafetensors, writeSafetensors } from "../checkpoint/safetensors";
import { createRandom } from "../nn/random";
import type { Parameter, TokenBatch, TrainableModel } from "./causal-lm";

export const VALUE_HEAD_FILE = "value_head.safetensors";
const WEIGHT = "v_head.summary.weight";
const BIAS = "v_head.summary.bias";
/** The share of a hidden state that a value does not see in training, where config.json has no `summary_dropout_prob`. */
const USUAL_DROPOUT = 0.1;

export interface ValueLoss {
  /** Which positions [R] of the batch have a value that the loss looks at: row * length + t. */
  readonly positions: Int32Array;
  /** Its derivative with respect to the values [R]. */
  readonly derive: (values: readonly number[]) => readonly number[];
  /** Of a part over the labels' cross entropies beside it. */
  readonly weigh?: (losses: Float32Array) => Float32Array;
  readonly dropoutSeed: number;
}

export interface ValueModel extends TrainableModel {
  /** Values [R] at positions of the batch, without dropout. */
  values(batch: TokenBatch, positions: Int32Array): Promise<number[]>;
  /** Forward and backward for a loss over values: adds into the gradients, the value head's included. */
  accumulateValues(batch: TokenBatch, loss: ValueLoss): Promise<void>;
}

export interface ValueHeadOptions {
  /** Where the head may have been saved: the adapter or model that training goes on from. */
  readonly folder: string;
  /** Seed of its initial values where it was not. */
  readonly seed: number;
}

/**
 * The model with a value head, which is trained like the rest.
 * @throws AppError checkpoint_malformed naming the file where the head there belongs to another model
 */
export async function withValueHead(model: TrainableModel, options: ValueHeadOptions): Promise<ValueModel> {
  const C = Number(model.hfConfig["hidden_size"] ?? model.hfConfig["n_embd"]);
  const [weight, bias] = await openHead(C, options);
  const head = [weight, bias];
  // trl reads it there.
  const asked = model.hfConfig["summary_dropout_prob"];
  const dropout = typeof asked === "number" && asked >= 0 && asked < 1 ? asked : USUAL_DROPOUT;

  const valuesOf = (states: Float32Array) =>
    Array.from({ length: states.length / C }, (_, row) => {
      let value = bias.data[0]!;
      for (let c = 0; c < C; c++) value += states[row * C + c]! * weight.data[c]!;
      return value;
    });
  return {
    ...model,
    parameters: [...model.parameters, ...head],
    trainableCount: model.trainableCount + C + 1,
    totalCount: model.totalCount + C + 1,
    async values(batch, positions) {
      return valuesOf(await model.states(batch, positions));
    },
    async accumulateValues(batch, { positions, derive, weigh, dropoutSeed }) {
      // Added at the end: the engine may run a batch twice to compare two ways of computing it.
      let headGradients: { weight: Float64Array; bias: number } | null = null;
      const derivative = (states: Float32Array): Float32Array => {
        const random = createRandom(dropoutSeed).fork("value head");
        const kept = states.map(() => (random.uniform() < dropout ? 0 : 1 / (1 - dropout)));
        const seen = states.map((state, i) => state * kept[i]!);
        const gradient = new Float32Array(states.length);
        headGradients = { weight: new Float64Array(C), bias: 0 };
        for (const [row, dv] of derive(valuesOf(seen)).entries()) {
          headGradients.bias += dv;
          for (let c = 0, i = row * C; c < C; c++, i++) {
            headGradients.weight[c]! += dv * seen[i]!;
            gradient[i] = dv * weight.data[c]! * kept[i]!;
          }
        }
        return gradient;
      };
      const states = { positions, derive: derivative };
      await model.accumulateStates(batch, { states, ...(weigh && { weigh }), dropoutSeed });
      for (let c = 0; c < C; c++) weight.grad[c]! += headGradients!.weight[c]!;
      bias.grad[0]! += headGradients!.bias;
    },
    async save(folder) {
      await model.save(folder);
      const tensors = head.map(({ name, shape, data }) => ({ name, shape, data, dtype: "F32" as const }));
      await writeSafetensors(path.join(folder, VALUE_HEAD_FILE), tensors, { format: "pt" });
    },
  };
}

/** Weight [1, C] and bias [1]: as saved, else uniform within 1 / sqrt(C) as PyTorch begins a linear. */
async function openHead(C: number, { folder, seed }: ValueHeadOptions): Promise<[Parameter, Parameter]> {
  const random = createRandom(seed).fork("value head");
  const bound = 1 / Math.sqrt(C);
  const parameter = (name: string, shape: number[], size: number): Parameter => {
    const data = Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * bound);
    return { name, shape, data, grad: new Float32Array(size) };
  };
  const head: [Parameter, Parameter] = [parameter(WEIGHT, [1, C], C), parameter(BIAS, [1], 1)];
  const file = path.join(folder, VALUE_HEAD_FILE);
  if (!existsSync(file)) return head;
  const saved = await openSafetensors(file);
  try {
    for (const { name, shape, data } of head) {
      const found = saved.tensors.get(name)?.shape;
      if (found?.join() !== shape.join()) {
        const what = found ? `has the shape [${found.join(", ")}]` : "is missing";
        throw new AppError(
          "checkpoint_malformed",
          `${file}: tensor "${name}" ${what}; this model needs [${shape.join(", ")}]. Choose a reward model of the same size.`,
        );
      }
      await saved.readInto(name, data);
    }
  } finally {
    await saved.close();
  }
  return head;
}
