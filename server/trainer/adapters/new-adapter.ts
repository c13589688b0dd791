/**
 * Adapters that begin: which linears, which whole modules, and what follows from the base weights once they are there. At
 * the beginning every kind leaves the model's function as it is.
 */
import { zeroTensor } from "../executor/zero-tensor";
import type { Decoder } from "../models/family";
import type { Adapter, AdapterSettings, LoraLinear } from "./adapter";
import { initLora, loraScaling } from "./lora";
import { CAYLEY_TERMS, initOft } from "./oft";
import { principalFactors } from "./pissa";
import { rowSquares, type WeightLayout } from "./row-changes";
import { fits, lastNames, savedTensors, targetModules } from "./target-modules";
import type { SvdSolver } from "./truncated-svd";

interface SharedPlan {
  /** "all": every linear but the output matrix. */
  readonly target: "all" | readonly string[];
  /** Modules that are trained whole beside the adapters. */
  readonly additionalTarget?: readonly string[];
  readonly dropout: number;
  /** Adapts these layers only; all where missing. */
  readonly layers?: readonly number[];
}

export interface LoraPlan extends SharedPlan {
  readonly kind: "lora";
  readonly rank: number;
  readonly alpha: number;
  /** Scales by alpha / sqrt(rank). */
  readonly rslora?: boolean;
  readonly dora?: boolean;
  readonly pissa?: boolean;
  /** Seed of A's initial values. */
  readonly initSeed: number;
}

export interface OftPlan extends SharedPlan {
  readonly kind: "oft";
  /** Blocks of every linear; 0 where `blockSize` says how long a block is. */
  readonly rank: number;
  readonly blockSize: number;
}

export type AdapterPlan = LoraPlan | OftPlan;

/**
 * An adapter whose tensors are as far as the model's shapes tell; `settleOnBase` and the caller fill in what follows from
 * the base's weights: magnitudes, principal factors, copies of whole modules.
 * @throws AppError invalid_config for a module that the model does not have
 */
export function newAdapter(decoder: Decoder, plan: AdapterPlan): Adapter {
  const whole = plan.additionalTarget ?? [];
  const saved = [...savedTensors(decoder, whole)].map(([name, shape]) => [name, zeroTensor(shape)] as const);
  const argument = plan.kind === "oft" ? "oft_target" : "lora_target";
  const prefixes = plan.layers?.map((layer) => decoder.layers[layer]!.prefix);
  // A module that is trained whole needs no adapter.
  const modules = targetModules(decoder, plan.target, argument).filter(
    (module) =>
      !whole.some((name) => fits(module, name)) &&
      (!prefixes || prefixes.some((prefix) => module.startsWith(prefix))),
  );
  // Names that all layers share would claim them all.
  const target = prefixes ? modules : lastNames(modules);
  const shared = { target, modulesToSave: whole, dropout: plan.dropout };
  return { ...beginnings(decoder, modules, { plan, shared }), saved: new Map(saved) };
}

function beginnings(
  decoder: Decoder,
  modules: readonly string[],
  {
    plan,
    shared,
  }: { plan: AdapterPlan; shared: Pick<AdapterSettings, "target" | "modulesToSave" | "dropout"> },
): Pick<Adapter, "settings" | "linears"> {
  if (plan.kind === "oft") {
    const { rank, blockSize } = plan;
    const linears = initOft(decoder, modules, { rank, blockSize });
    return { settings: { kind: "oft", ...shared, rank, blockSize, terms: CAYLEY_TERMS }, linears };
  }
  const { rank, alpha, rslora = false, dora = false, pissa = false, initSeed: seed } = plan;
  const scaling = loraScaling(rank, alpha, rslora);
  return {
    settings: { kind: "lora", ...shared, rank, alpha, rslora, dora, pissa },
    linears: initLora(decoder, modules, { rank, scaling, seed, dora, pissa }),
  };
}

/** Gives a new LoRA the magnitudes and principal factors that its base weight has. */
export async function settleOnBase(
  weight: Float32Array,
  { a, b, scaling, magnitude, initial }: LoraLinear,
  { layout, solver }: { layout: WeightLayout; solver: SvdSolver },
): Promise<void> {
  if (magnitude) {
    for (const [output, square] of rowSquares(weight, layout).data.entries())
      magnitude.data[output] = Math.sqrt(square);
  }
  if (!initial) return;
  await principalFactors(weight, { factors: initial, scaling, solver }, layout);
  a.data.set(initial.a.data);
  b.data.set(initial.b.data);
}
