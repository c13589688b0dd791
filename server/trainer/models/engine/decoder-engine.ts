/**
 * Runs a decoder block by block: embeddings, every layer through the compiled program of its kind, the head over label
 * rows, and the same way back. Between graphs, activations are plain typed arrays. It knows named tensors and their
 * gradients, not where they are loaded from or saved to.
 */
import type { Executor, HostTensor, NamedHostTensors } from "../../executor/executor";
import type { Int8Mode } from "../../nn/int8-linear";
import { createRandom } from "../../nn/random";
import type { LabelLogits, TokenBatch } from "../causal-lm";
import type { Decoder } from "../family";
import { ActivationBuffers } from "./activation-buffers";
import { laidOut, layOutBatch, withoutPadding, type LaidOutBatch } from "./batch-layout";
import type { BlockPlan, BlockProgram } from "./block-program";
import { checkBatch } from "./check-batch";
import { addEmbeddingGradients, embed } from "./embedding";
import { Head } from "./head";
import { layerState, lowestTrainedLayer, type LayerState, type ModelTensors } from "./layer-state";
import { dropoutRows } from "./adapter-dropout";
import type { AccumulateOptions, ModelEngine } from "./model-engine";
import { positionInputs, type PositionInputs } from "./position-inputs";
import { RecentlyUsed } from "./recently-used";
import { ShapeGraphs } from "./shape-graphs";
import { keptBytes } from "./working-memory";

export interface EngineOptions extends ModelTensors {
  readonly decoder: Decoder;
  readonly executor: Executor;
  /** Share of what adapters see that is left out in training. */
  readonly adapterDropout: number;
  /** NEFTune's alpha: how much noise is added to embeddings in training; 0 for none. */
  readonly embeddingNoise: number;
  /** How linears compute whose weights are int8. */
  readonly int8: Int8Mode;
  /**
   * Bytes that activations kept from forward to backward may take; the layers that it does not reach to recompute them
   * block by block. 0 for executors that cannot leave out unused work.
   */
  readonly activationBudget: number;
  /** Most rows of one head graph. */
  readonly headRows: number;
  /** Shapes of batches whose graphs stay for when they come again. */
  readonly keptShapes: number;
}

interface Prepared {
  readonly batch: LaidOutBatch;
  readonly shared: PositionInputs;
  readonly shape: readonly [number, number];
  readonly graphs: ShapeGraphs;
}

export class DecoderEngine implements ModelEngine {
  private readonly layers: LayerState[];
  /** No layer below it is trained, nor the embeddings, so the way back ends there. */
  private readonly lowestTrained: number;
  private readonly head: Head;
  private readonly buffers = new ActivationBuffers();
  private readonly shapes: RecentlyUsed<ShapeGraphs>;

  constructor(private readonly options: EngineOptions) {
    const { decoder, executor, weights, gradients } = options;
    this.layers = decoder.layers.map((_, layer) => layerState(decoder, layer, options));
    this.lowestTrained = lowestTrainedLayer(decoder, this.layers, gradients);
    this.head = new Head({
      ...{ executor, decoder, weights, gradients },
      roundsLogits: options.int8 === "dynamic",
      maxRows: options.headRows,
    });
    this.shapes = new RecentlyUsed(options.keptShapes, (graphs) => void graphs.dispose());
  }

  /**
   * Forward and backward. Adds the gradients of the loss that `options` describe into the engine's gradients: its
   * derivatives are all that is needed of it, so any loss over log-probabilities, logits or hidden states is trained.
   * @returns the cross entropy of every label, unweighted; none where the loss has no part of them
   */
  async accumulate(tokens: TokenBatch, options: AccumulateOptions): Promise<Float32Array> {
    const prepared = await this.prepare(tokens);
    const { batch, shape } = prepared;
    if (batch.labels.length === 0 && !options.states) return new Float32Array(0);
    const { dropoutSeed } = options;
    const count = this.layers.length;
    embed(this.options, batch, this.stream(0, shape));
    this.addNoise(tokens, prepared, dropoutSeed);
    for (let layer = 0; layer < count; layer++) {
      const [x, y] = [this.stream(layer, shape), this.stream(layer + 1, shape)];
      if (layer < this.lowestTrained) {
        await this.evaluateLayer(layer, prepared, { x, y });
        continue;
      }
      const program = await this.program(layer, prepared);
      const inputs = { ...this.inputs(layer, prepared, dropoutSeed), x };
      await program.forward.run(inputs, { y, ...this.kept(layer, program) });
    }

    let dy = this.buffers.tensor("gradient 0", shape);
    let dx = this.buffers.tensor("gradient 1", shape);
    const losses = await this.headGradients(tokens, prepared, { ...options, dy: dy.data as Float32Array });

    for (let layer = count - 1; layer >= this.lowestTrained; layer--) {
      const program = await this.program(layer, prepared);
      const inputs = {
        ...this.inputs(layer, prepared, dropoutSeed),
        ...this.layers[layer]!.into,
        ...this.kept(layer, program),
      };
      const outputs = { dx, ...this.layers[layer]!.gradients };
      await program.backward.run({ ...inputs, x: this.stream(layer, shape), dy }, outputs);
      [dy, dx] = [dx, dy];
    }
    if (this.lowestTrained === 0) addEmbeddingGradients(this.options, batch, dy);
    return losses;
  }

  /** Fills dy [B*T, C] with the gradient of the loss after the last block, and adds to the head's gradients. */
  private async headGradients(
    tokens: TokenBatch,
    { batch, shape }: Prepared,
    { weights, logits, states, dy }: AccumulateOptions & { dy: Float32Array },
  ): Promise<Float32Array> {
    const { head } = this;
    const x = this.stream(this.layers.length, shape).data as Float32Array;
    const { labelRows: rows, labels } = batch;
    dy.fill(0);
    let losses: Float32Array = new Float32Array(0);
    if (logits) {
      await head.logitGradients(x, dy, { rows, derive: logits });
    } else if (weights !== undefined) {
      const given = typeof weights === "number" ? weights : weights(await head.losses(x, rows, labels));
      losses = await head.lossesWithGradients(x, dy, { rows, labels, weights: given });
    }
    if (states) {
      const at = laidOut(states.positions, tokens, batch);
      const derivative = states.derive(await head.normedRows(x, at));
      await head.normGradients(x, dy, { rows: at, dy: derivative });
    }
    return losses;
  }

  /** Cross entropy of every label, without dropout and gradients. */
  async losses(tokens: TokenBatch): Promise<Float32Array> {
    const prepared = await this.prepare(tokens);
    const { batch } = prepared;
    if (batch.labels.length === 0) return new Float32Array(0);
    const x = await this.evaluate(prepared);
    return this.head.losses(x.data as Float32Array, batch.labelRows, batch.labels);
  }

  /** The logits that predict the labels, without dropout. */
  async labelLogits(tokens: TokenBatch): Promise<LabelLogits> {
    const prepared = await this.prepare(tokens);
    const { labelRows, labels } = prepared.batch;
    const C = this.options.decoder.hiddenSize;
    const x = gatherRows((await this.evaluate(prepared)).data as Float32Array, labelRows, C);
    return {
      labels,
      rows: (start, count) => this.head.logits(x.subarray(start * C, (start + count) * C), count),
    };
  }

  /** Hidden states [R, C] after the final norm at positions (row * length + t) of the batch, without dropout. */
  async states(tokens: TokenBatch, positions: Int32Array): Promise<Float32Array> {
    const prepared = await this.prepare(tokens);
    const x = await this.evaluate(prepared);
    return this.head.normedRows(x.data as Float32Array, laidOut(positions, tokens, prepared.batch));
  }

  /**
   * The mean over the vocabulary of the logits at every position [B*T] of the batch that `accumulate` has just run,
   * padding included, with its dropout.
   */
  async meanLogitsOfLastBatch(tokens: TokenBatch): Promise<Float32Array> {
    const prepared = await this.prepare(tokens);
    const x = this.stream(this.layers.length, prepared.shape);
    return this.head.meanLogits(withoutPadding(x, tokens, prepared.batch), tokens.rows * tokens.length);
  }

  /** The same for any batch, without dropout. */
  async meanLogits(tokens: TokenBatch): Promise<Float32Array> {
    const prepared = await this.prepare(tokens);
    const x = await this.evaluate(prepared);
    return this.head.meanLogits(withoutPadding(x, tokens, prepared.batch), tokens.rows * tokens.length);
  }

  /** Logits [B*T, V] of the batch as given, padding included. */
  async logits(tokens: TokenBatch): Promise<Float32Array> {
    const prepared = await this.prepare(tokens);
    const x = await this.evaluate(prepared);
    return this.head.logits(withoutPadding(x, tokens, prepared.batch), tokens.rows * tokens.length);
  }

  /** The residual stream [B*T, C] before every block, and after the final norm. */
  async hiddenStates(tokens: TokenBatch): Promise<Float32Array[]> {
    const prepared = await this.prepare(tokens);
    const states: Float32Array[] = [];
    const last = await this.evaluate(prepared, (x) => states.push(withoutPadding(x, tokens, prepared.batch)));
    states.push(
      await this.head.normed(withoutPadding(last, tokens, prepared.batch), tokens.rows * tokens.length),
    );
    return states;
  }

  /** Bytes that lie between graphs: the stream before every layer, and what layers keep for the way back. */
  get activationBytes(): number {
    return this.buffers.bytes;
  }

  async dispose(): Promise<void> {
    await Promise.all([this.head.dispose(), this.shapes.clear()]);
  }

  /** Runs all blocks, holding two activations at a time; `visit` sees every block's input. */
  private async evaluate(prepared: Prepared, visit?: (x: HostTensor) => void): Promise<HostTensor> {
    const { batch, shape } = prepared;
    let x = this.stream(0, shape);
    let y = this.stream(1, shape);
    embed(this.options, batch, x);
    for (let layer = 0; layer < this.layers.length; layer++) {
      visit?.(x);
      await this.evaluateLayer(layer, prepared, { x, y });
      [x, y] = [y, x];
    }
    return x;
  }

  /** x -> y through one block, without dropout. */
  private async evaluateLayer(
    layer: number,
    prepared: Prepared,
    { x, y }: { x: HostTensor; y: HostTensor },
  ): Promise<void> {
    const graph = await prepared.graphs.evaluation(this.layers[layer]!.kind, this.plan(layer, prepared));
    await graph.run({ ...this.inputs(layer, prepared, null), x }, { y });
  }

  private async prepare(tokens: TokenBatch): Promise<Prepared> {
    const { decoder, executor } = this.options;
    const batch = layOutBatch(tokens);
    checkBatch(decoder, batch);
    const shared = positionInputs(decoder, batch);
    const key = [batch.B, batch.T, shared.maskRows, shared.ropeRows].join();
    const graphs = await this.shapes.get(key, () => Promise.resolve(new ShapeGraphs(executor)));
    return { batch, shared, shape: [batch.B * batch.T, decoder.hiddenSize], graphs };
  }

  private plan(layer: number, { batch, shared }: Prepared): BlockPlan {
    const { decoder, adapterDropout, activationBudget, int8 } = this.options;
    const { adapters, trainable, base } = this.layers[layer]!;
    const { B, T } = batch;
    const { maskRows, ropeRows } = shared;
    const place = layer + 1 - this.lowestTrained;
    const keepsActivations = place * keptBytes(decoder, B * T) <= activationBudget;
    return {
      ...{ decoder, layer, B, T, maskRows, ropeRows, adapters, adapterDropout, trainable },
      ...{ keepsActivations, base, int8 },
    };
  }

  private program(layer: number, prepared: Prepared): Promise<BlockProgram> {
    return prepared.graphs.training(this.layers[layer]!.kind, this.plan(layer, prepared));
  }

  private inputs(layer: number, { batch, shared }: Prepared, dropoutSeed: number | null): NamedHostTensors {
    const { decoder, adapterDropout } = this.options;
    const { rope, window } = decoder.layers[layer]!;
    const inputs: NamedHostTensors = { ...this.layers[layer]!.inputs, mask: shared.mask(window) };
    if (rope !== null) Object.assign(inputs, shared.rope(rope));
    if (adapterDropout > 0 && dropoutSeed !== null) {
      const { a, c } = dropoutRows(dropoutSeed, layer, batch.B * batch.T);
      Object.assign(inputs, { "dropout.a": a, "dropout.c": c });
    }
    return inputs;
  }

  /** The residual stream before block `layer`; after the last one for `layer` = number of layers. */
  private stream(layer: number, shape: readonly [number, number]): HostTensor {
    return this.buffers.tensor(`stream ${layer}`, shape);
  }

  private kept(layer: number, { kept }: BlockProgram): NamedHostTensors {
    const tensors = Object.entries(kept).map(([name, { shape }]) => [
      name,
      this.buffers.tensor(`${name} ${layer}`, shape),
    ]);
    return Object.fromEntries(tensors) as NamedHostTensors;
  }

  /** NEFTune's noise (https://arxiv.org/abs/2310.05914) on the embeddings that were just written. */
  private addNoise({ length }: TokenBatch, { batch, shape }: Prepared, seed: number): void {
    const { decoder, embeddingNoise: alpha } = this.options;
    if (alpha === 0) return;
    const random = createRandom(seed).fork("embedding noise");
    const most = (decoder.embedding.scale * alpha) / Math.sqrt(length * decoder.hiddenSize);
    const x = this.stream(0, shape).data as Float32Array;
    for (let i = 0; i < batch.B * batch.T * decoder.hiddenSize; i++)
      x[i]! += (2 * random.uniform() - 1) * most;
  }
}

function gatherRows(x: Float32Array, rows: Int32Array, C: number): Float32Array {
  const gathered = new Float32Array(rows.length * C);
  for (const [i, row] of rows.entries()) gathered.set(x.subarray(row * C, (row + 1) * C), i * C);
  return gathered;
}
