/**
 * An adapter in memory: what it does to which linears, whole tensors that were trained beside them, and the settings
 * that its file tells. It knows neither files nor how anything is computed.
 */
import type { HostTensor } from "../executor/executor";

/** Low-rank factors: A [rank, inputs] and B [outputs, rank]. */
export interface LowRank {
  readonly a: HostTensor;
  readonly b: HostTensor;
}

/** The LoRA of one linear: W becomes W + scaling * B A. All tensors are live. */
export interface LoraLinear extends LowRank {
  readonly kind: "lora";
  /** Full module name: "model.layers.0.self_attn.q_proj". */
  readonly module: string;
  readonly rank: number;
  readonly scaling: number;
  /** DoRA: the length [outputs] that every row of the sum is brought to; null: lengths are as they come. */
  readonly magnitude: HostTensor | null;
  /** PiSSA: what A and B began as; the base is then without their product. null: the base is as in its file. */
  readonly initial: LowRank | null;
}

/** The OFT of one linear: W becomes W R^T, R block-diagonal and orthogonal. */
export interface OftLinear {
  readonly kind: "oft";
  readonly module: string;
  readonly blocks: number;
  readonly blockSize: number;
  /** Terms of the series that makes a rotation. */
  readonly terms: number;
  /** What is above the diagonal of the skew-symmetric matrices: [blocks, blockSize * (blockSize - 1) / 2], live. */
  readonly rotation: HostTensor;
}

export type LinearChange = LoraLinear | OftLinear;

interface SharedSettings {
  /** PEFT's target_modules. */
  readonly target: readonly string[];
  /** PEFT's modules_to_save; LLaMA-Factory's additional_target. */
  readonly modulesToSave: readonly string[];
  /** lora_dropout or module_dropout. */
  readonly dropout: number;
}

export interface LoraSettings extends SharedSettings {
  readonly kind: "lora";
  readonly rank: number;
  readonly alpha: number;
  readonly rslora: boolean;
  readonly dora: boolean;
  readonly pissa: boolean;
}

export interface OftSettings extends SharedSettings {
  readonly kind: "oft";
  /** Blocks of every linear where not 0; otherwise blockSize counts. */
  readonly rank: number;
  readonly blockSize: number;
  readonly terms: number;
}

export type AdapterSettings = LoraSettings | OftSettings;

export interface Adapter {
  readonly settings: AdapterSettings;
  /** In the model's order. */
  readonly linears: readonly LinearChange[];
  /** Trained copies of whole base tensors, by their names in the base. */
  readonly saved: ReadonlyMap<string, HostTensor>;
}
