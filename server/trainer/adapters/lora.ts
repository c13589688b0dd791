/**
 * LoRA over named linears: which linears are adapted, how A and B begin, and what they add to a weight.
 * https://arxiv.org/abs/2106.09685; naming and initialisation follow PEFT. It does not know files.
 */
import { AppError } from "../../contract/errors";
import type { HostTensor } from "../executor/executor";
import type { Decoder } from "../models/family";
import { createRandom } from "../nn/random";

/** The LoRA of one linear: y += scaling * B A x. */
export interface LoraLinear {
  /** Full module name: "model.layers.0.self_attn.q_proj". */
  readonly module: string;
  readonly rank: number;
  readonly scaling: number;
  /** [rank, inputs], live. */
  readonly a: HostTensor;
  /** [outputs, rank], live. */
  readonly b: HostTensor;
}

/**
 * The linears that a target list names, in the model's order: "all" is every linear of every block, as in
 * LLaMA-Factory (the output matrix is not among them); a name fits where a module's name ends with it.
 * @throws AppError invalid_config for a name that fits nothing
 */
export function targetModules(decoder: Decoder, target: "all" | readonly string[]): string[] {
  const modules = decoder.layers.flatMap(({ prefix }) =>
    Object.keys(decoder.linears).map((name) => prefix + name),
  );
  if (target === "all") return modules;
  const fits = (module: string, name: string) => module === name || module.endsWith(`.${name}`);
  for (const name of target) {
    if (modules.some((module) => fits(module, name))) continue;
    const known = [...new Set(modules.map((module) => module.split(".").at(-1)!))];
    throw new AppError(
      "invalid_config",
      `lora_target: no linear of this ${decoder.family} model is called "${name}". It has ${known.join(", ")}; "all" takes them all.`,
    );
  }
  return modules.filter((module) => target.some((name) => fits(module, name)));
}

/** A from a uniform distribution of variance 1 / (3 inputs), as torch's kaiming_uniform_(a=sqrt(5)); B zero. */
export function initLora(
  decoder: Decoder,
  modules: readonly string[],
  { rank, scaling, seed }: { rank: number; scaling: number; seed: number },
): LoraLinear[] {
  const random = createRandom(seed);
  return modules.map((module) => {
    const { inputs, outputs } = linearOf(decoder, module);
    const draw = random.fork(module);
    const bound = 1 / Math.sqrt(inputs);
    const a = Float32Array.from({ length: rank * inputs }, () => (2 * draw.uniform() - 1) * bound);
    return {
      module,
      rank,
      scaling,
      a: { data: a, shape: [rank, inputs], dtype: "float32" },
      b: { data: new Float32Array(outputs * rank), shape: [outputs, rank], dtype: "float32" },
    };
  });
}

/** The description of a linear by its full module name. @throws Error for a module that the model does not have */
export function linearOf(decoder: Decoder, module: string) {
  for (const { prefix } of decoder.layers) {
    const found = module.startsWith(prefix) ? decoder.linears[module.slice(prefix.length)] : undefined;
    if (found) return found;
  }
  throw new Error(`${module} is not a linear of this model`);
}

/** Adds scaling * B A to a weight in place: [outputs, inputs], or [inputs, outputs] where stored transposed. */
export function mergeLora(
  weight: Float32Array,
  { a, b, rank, scaling }: LoraLinear,
  storedTransposed: boolean,
): void {
  const inputs = a.shape[1]!;
  const outputs = b.shape[0]!;
  const [aData, bData] = [a.data as Float32Array, b.data as Float32Array];
  const row = new Float32Array(inputs);
  for (let o = 0; o < outputs; o++) {
    row.fill(0);
    for (let r = 0; r < rank; r++) {
      const factor = scaling * bData[o * rank + r]!;
      const start = r * inputs;
      for (let i = 0; i < inputs; i++) row[i]! += factor * aData[start + i]!;
    }
    if (storedTransposed) for (let i = 0; i < inputs; i++) weight[i * outputs + o]! += row[i]!;
    else for (let i = 0, at = o * inputs; i < inputs; i++) weight[at + i]! += row[i]!;
  }
}
