/** Runs the head over the label rows of a batch, some rows at a time. */
import type { CompiledFunction, Executor, HostTensor, NamedHostTensors } from "../../executor/executor";
import type { LogitDerivative } from "../causal-lm";
import type { Decoder } from "../family";
import { roundedName, scaleName } from "../weight-names";
import {
  compileFinalNorm,
  compileLogitGradients,
  compileLogits,
  compileLosses,
  compileLossGradients,
  compileNormGradients,
  headTensors,
  type HeadPlan,
} from "./head-program";

import { RecentlyUsed } from "./recently-used";
import { rowChunks, type RowChunk } from "./row-chunks";

/** Enough for gradients and losses at every chunk size. */
const CACHED_GRAPHS = 8;

/** For graphs that look at no label. */
const NO_LABELS = new Int32Array(0);

export interface HeadOptions {
  readonly executor: Executor;
  readonly decoder: Decoder;
  /** All base tensors by name. */
  readonly weights: ReadonlyMap<string, HostTensor>;
  /** Gradients of trainable tensors by name; those that are not the head's are ignored. */
  readonly gradients: ReadonlyMap<string, HostTensor>;
  /** Whether losses take their logits from the output matrix's int8 copy, where there is one. */
  readonly roundsLogits: boolean;
  /** Most rows of one graph: the logits' memory is 8 to 12 * rows * vocabulary bytes. */
  readonly maxRows: number;
}

export class Head {
  private readonly graphs = new RecentlyUsed<CompiledFunction>(CACHED_GRAPHS, (graph) => graph.dispose());
  private readonly tensors: NamedHostTensors;
  private readonly trainable: string[];
  private readonly plan: HeadPlan;
  private meanRow: Float64Array | null = null;

  constructor(private readonly options: HeadOptions) {
    const names = Object.keys(headTensors(options.decoder));
    this.tensors = Object.fromEntries(names.map((name) => [name, options.weights.get(name)!]));
    const { weight } = options.decoder.head;
    const scale = options.weights.get(scaleName(weight));
    if (scale) this.tensors[scaleName(weight)] = scale;
    const copy = options.roundsLogits ? options.weights.get(roundedName(weight)) : undefined;
    if (copy) {
      this.tensors[roundedName(weight)] = copy;
      this.tensors[scaleName(roundedName(weight))] = options.weights.get(scaleName(roundedName(weight)))!;
    }
    this.plan = {
      decoder: options.decoder,
      table: this.tensors[weight]!.dtype,
      rounded: copy !== undefined,
    };
    this.trainable = names.filter((name) => options.gradients.has(name));
  }

  /** Cross entropy of every label row of x [N, C]. */
  async losses(x: Float32Array, rows: Int32Array, labels: Int32Array): Promise<Float32Array> {
    const losses = new Float32Array(rows.length);
    for (const chunk of rowChunks(rows.length, this.options.maxRows)) {
      const { executor } = this.options;
      const graph = await this.graphs.get(`losses ${chunk.M}`, () =>
        compileLosses(executor, this.plan, chunk.M),
      );
      const result = await graph.run({ ...this.tensors, ...this.gather(x, { rows, labels, ...chunk }) });
      losses.set((result["losses"]!.data as Float32Array).subarray(0, chunk.count), chunk.start);
    }
    return losses;
  }

  /**
   * The same, and the gradient of sum(losses * weights): written into the rows of dx [N, C] that have a label, added to
   * the gradients of trainable tensors. Other rows of dx are left as they are. `weights` is one number for all label
   * rows, or one for each.
   */
  async lossesWithGradients(
    x: Float32Array,
    dx: Float32Array,
    { rows, labels, weights }: { rows: Int32Array; labels: Int32Array; weights: number | Float32Array },
  ): Promise<Float32Array> {
    const { executor, decoder } = this.options;
    const C = decoder.hiddenSize;
    const losses = new Float32Array(rows.length);
    const { into, outputs } = this.accumulators(this.trainable);
    for (const chunk of rowChunks(rows.length, this.options.maxRows)) {
      const { M, start, count } = chunk;
      const graph = await this.graphs.get(`gradients ${M}`, () =>
        compileLossGradients(executor, this.plan, { M, trainable: this.trainable }),
      );
      // Rows of padding weigh nothing.
      const rowWeights = new Float32Array(M);
      if (typeof weights === "number") rowWeights.fill(weights, 0, count);
      else rowWeights.set(weights.subarray(start, start + count));
      const inputs = {
        ...this.tensors,
        ...into,
        ...this.gather(x, { rows, labels, ...chunk }),
        weights: { data: rowWeights, shape: [M], dtype: "float32" } as HostTensor,
      };
      const result = await graph.run(inputs, outputs);
      losses.set((result["losses"]!.data as Float32Array).subarray(0, count), start);
      const gradient = result["dx"]!.data as Float32Array;
      for (let i = 0; i < count; i++) dx.set(gradient.subarray(i * C, (i + 1) * C), rows[start + i]! * C);
    }
    return losses;
  }

  /**
   * The gradient of any loss over the logits of rows of x: `derive` is given them, some rows at a time, and returns the
   * loss's derivative with respect to each. Written into the rows of dx [N, C], added to the gradients of trainable
   * tensors.
   */
  async logitGradients(
    x: Float32Array,
    dx: Float32Array,
    { rows, derive }: { rows: Int32Array; derive: LogitDerivative },
  ): Promise<void> {
    const { executor, decoder } = this.options;
    const { hiddenSize: C, vocabSize: V } = decoder;
    const { into, outputs } = this.accumulators(this.trainable);
    for (const chunk of rowChunks(rows.length, this.options.maxRows)) {
      const { M, start, count } = chunk;
      const gathered = { ...this.tensors, ...this.gather(x, { rows, labels: NO_LABELS, ...chunk }) };
      const logits = await this.logitGraph(M).then((graph) => graph.run(gathered));
      const values = (logits["logits"]!.data as Float32Array).subarray(0, count * V);
      const dy: HostTensor = { data: new Float32Array(M * V), shape: [M, V], dtype: "float32" };
      (dy.data as Float32Array).set(await derive(values, start, count));
      const graph = await this.graphs.get(`logit gradients ${M}`, () =>
        compileLogitGradients(executor, this.plan, { M, trainable: this.trainable }),
      );
      const gradient = (await graph.run({ ...gathered, ...into, dy }, outputs))["dx"]!.data as Float32Array;
      for (let i = 0; i < count; i++) dx.set(gradient.subarray(i * C, (i + 1) * C), rows[start + i]! * C);
    }
  }

  /** Logits [N, V] of all rows of x [N, C]. */
  async logits(x: Float32Array, N: number): Promise<Float32Array> {
    const { decoder } = this.options;
    const logits = new Float32Array(N * decoder.vocabSize);
    const rows = Int32Array.from({ length: N }, (_, i) => i);
    for (const chunk of rowChunks(N, this.options.maxRows)) {
      const graph = await this.logitGraph(chunk.M);
      const result = await graph.run({
        ...this.tensors,
        ...this.gather(x, { rows, labels: NO_LABELS, ...chunk }),
      });
      const values = (result["logits"]!.data as Float32Array).subarray(0, chunk.count * decoder.vocabSize);
      logits.set(values, chunk.start * decoder.vocabSize);
    }
    return logits;
  }

  private logitGraph(M: number): Promise<CompiledFunction> {
    const { executor } = this.options;
    return this.graphs.get(`logits ${M}`, () => compileLogits(executor, this.plan, M));
  }

  /** The mean over the vocabulary of the logits of every row of x [N, C]: [N]. */
  async meanLogits(x: Float32Array, N: number): Promise<Float32Array> {
    const { decoder } = this.options;
    const { hiddenSize: C, vocabSize: V } = decoder;
    const means = new Float32Array(N);
    if (decoder.head.softcap !== null) {
      const logits = await this.logits(x, N);
      for (let n = 0; n < N; n++) means[n] = sumOf(logits.subarray(n * V, (n + 1) * V)) / V;
      return means;
    }
    // Logits are linear in the normed row, so their mean is its product with the mean row of the output matrix.
    const row = this.meanOutputRow();
    const bias = decoder.head.bias ? sumOf(this.tensors[decoder.head.bias]!.data as Float32Array) / V : 0;
    const normed = await this.normed(x, N);
    for (let n = 0; n < N; n++) {
      let product = 0;
      for (let c = 0; c < C; c++) product += normed[n * C + c]! * row[c]!;
      means[n] = product * decoder.head.scale + bias;
    }
    return means;
  }

  /** The mean of the output matrix's rows [C]; made once where the matrix is frozen. */
  private meanOutputRow(): Float64Array {
    const { hiddenSize: C, vocabSize: V, head } = this.options.decoder;
    if (this.meanRow && !this.trainable.includes(head.weight)) return this.meanRow;
    const table = this.tensors[head.weight]!.data;
    const steps = this.tensors[scaleName(head.weight)]?.data;
    const row = new Float64Array(C);
    for (let v = 0, at = 0; v < V; v++) {
      const step = steps ? steps[v]! : 1;
      for (let c = 0; c < C; c++, at++) row[c]! += step * table[at]!;
    }
    for (let c = 0; c < C; c++) row[c]! /= V;
    return (this.meanRow = row);
  }

  /** The given rows of x [N, C] after the final norm: [rows, C]. */
  async normedRows(x: Float32Array, rows: Int32Array): Promise<Float32Array> {
    const { executor, decoder } = this.options;
    const C = decoder.hiddenSize;
    const normed = new Float32Array(rows.length * C);
    for (const chunk of rowChunks(rows.length, this.options.maxRows)) {
      const graph = await this.graphs.get(`norm ${chunk.M}`, () =>
        compileFinalNorm(executor, this.plan, chunk.M),
      );
      const gathered = this.gather(x, { rows, labels: NO_LABELS, ...chunk });
      const result = (await graph.run({ ...this.tensors, ...gathered }))["normed"]!.data as Float32Array;
      normed.set(result.subarray(0, chunk.count * C), chunk.start * C);
    }
    return normed;
  }

  /** x [N, C] after the final norm. */
  async normed(x: Float32Array, N: number): Promise<Float32Array> {
    const { executor, decoder } = this.options;
    const graph = await this.graphs.get(`norm ${N}`, () => compileFinalNorm(executor, this.plan, N));
    const input: HostTensor = { data: x, shape: [N, decoder.hiddenSize], dtype: "float32" };
    const labels: HostTensor = { data: new Int32Array(N), shape: [N], dtype: "int32" };
    return (await graph.run({ ...this.tensors, x: input, labels }))["normed"]!.data as Float32Array;
  }

  /**
   * Adds the gradient of sum(normed * dy) to the rows of dx [N, C] and to the gradients of the norm's tensors, where
   * `normed` are the given rows of x after the final norm and dy is [rows, C].
   */
  async normGradients(
    x: Float32Array,
    dx: Float32Array,
    { rows, dy }: { rows: Int32Array; dy: Float32Array },
  ): Promise<void> {
    const { executor, decoder } = this.options;
    const C = decoder.hiddenSize;
    const trainable = this.trainable.filter((name) => name in decoder.head.tensors);
    const { into, outputs } = this.accumulators(trainable);
    for (const chunk of rowChunks(rows.length, this.options.maxRows)) {
      const { M, start, count } = chunk;
      const graph = await this.graphs.get(`norm gradients ${M}`, () =>
        compileNormGradients(executor, this.plan, { M, trainable }),
      );
      const given: HostTensor = { data: new Float32Array(M * C), shape: [M, C], dtype: "float32" };
      (given.data as Float32Array).set(dy.subarray(start * C, (start + count) * C));
      const gathered = this.gather(x, { rows, labels: NO_LABELS, ...chunk });
      const result = await graph.run({ ...this.tensors, ...gathered, ...into, dy: given }, outputs);
      const gradient = result["dx"]!.data as Float32Array;
      for (let i = 0; i < count; i++) {
        const at = rows[start + i]! * C;
        for (let c = 0; c < C; c++) dx[at + c]! += gradient[i * C + c]!;
      }
    }
  }

  dispose(): Promise<void> {
    return this.graphs.clear();
  }

  /** into:<name> and grad:<name>: both are the accumulated gradient, which is added to in place. */
  private accumulators(names: readonly string[]): { into: NamedHostTensors; outputs: NamedHostTensors } {
    const { gradients } = this.options;
    const into: NamedHostTensors = {};
    const outputs: NamedHostTensors = {};
    for (const name of names) into[`into:${name}`] = outputs[`grad:${name}`] = gradients.get(name)!;
    return { into, outputs };
  }

  private gather(
    x: Float32Array,
    { rows, labels, M, start, count }: RowChunk & { rows: Int32Array; labels: Int32Array },
  ): NamedHostTensors {
    const C = this.options.decoder.hiddenSize;
    const gathered = new Float32Array(M * C);
    const targets = new Int32Array(M);
    for (let i = 0; i < count; i++) {
      const row = rows[start + i]!;
      gathered.set(x.subarray(row * C, (row + 1) * C), i * C);
      targets[i] = labels[start + i] ?? 0;
    }
    return {
      x: { data: gathered, shape: [M, C], dtype: "float32" },
      labels: { data: targets, shape: [M], dtype: "int32" },
    };
  }
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
