/** The compiled blocks for one shape of batch: a program for each kind of layer, made when it is first needed. */
import type { CompiledFunction, Executor } from "../../executor/executor";
import { compileBlock, compileEvaluation, type BlockPlan, type BlockProgram } from "./block-program";

export class ShapeGraphs {
  private readonly programs = new Map<string, Promise<BlockProgram>>();
  private readonly evaluations = new Map<string, Promise<CompiledFunction>>();

  constructor(private readonly executor: Executor) {}

  /** Forward and backward for layers of this kind; kept activations or not are two programs. */
  training(kind: string, plan: BlockPlan): Promise<BlockProgram> {
    const key = `${kind} ${plan.keepsActivations}`;
    return remembered(this.programs, key, () => compileBlock(this.executor, plan));
  }

  evaluation(kind: string, plan: BlockPlan): Promise<CompiledFunction> {
    return remembered(this.evaluations, kind, () => compileEvaluation(this.executor, plan));
  }

  async dispose(): Promise<void> {
    for (const { forward, backward } of await Promise.all(this.programs.values())) {
      forward.dispose();
      backward.dispose();
    }
    for (const graph of await Promise.all(this.evaluations.values())) graph.dispose();
    this.programs.clear();
    this.evaluations.clear();
  }
}

function remembered<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = made.get(key);
  if (!value) {
    value = make();
    made.set(key, value);
  }
  return value;
}
