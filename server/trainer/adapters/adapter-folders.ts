/**
 * Opens adapters one on top of the other, as LLaMA-Factory does: each is read for the model that the ones before it, if
 * merged, have made. It knows folders of both kinds, not how a merged weight is used.
 */
import type { ModelFolder } from "../checkpoint/model-folder";
import { createExecutor } from "../executor/choose-executor";
import type { Executor } from "../executor/executor";
import type { Decoder } from "../models/family";
import { decoderOf } from "../models/registry";
import type { Adapter } from "./adapter";
import { mergedModel } from "./merged-model";
import { readAdapter } from "./peft-files";
import { principalFactors } from "./pissa";
import { layoutOf } from "./row-changes";
import { createSvdSolver } from "./truncated-svd";

/**
 * Reads adapters in the order in which they lie on the base.
 * @param executor decomposes weights for PiSSA adapters that come without their beginnings; one is opened where missing
 * @throws AppError as readAdapter does
 */
export async function openAdapters(
  folders: readonly string[],
  { base, decoder, executor }: { base: ModelFolder; decoder: Decoder; executor?: Executor },
): Promise<Adapter[]> {
  const adapters: Adapter[] = [];
  for (const folder of folders) {
    const below = mergedModel(base, decoder, adapters);
    const { adapter, beginsUnknown } = await readAdapter(folder, below.decoder);
    if (beginsUnknown) await findBeginnings(adapter, { ...below, executor });
    adapters.push(adapter);
  }
  return adapters;
}

/** The folder with all these adapters merged into its weights. @throws AppError as openAdapters does */
export async function withAdapters(base: ModelFolder, folders: readonly string[]): Promise<ModelFolder> {
  const decoder = decoderOf(base);
  return mergedModel(base, decoder, await openAdapters(folders, { base, decoder })).folder;
}

/** As PEFT does it on loading: the base is decomposed once more. */
async function findBeginnings(
  { linears }: Adapter,
  { folder, decoder, executor }: { folder: ModelFolder; decoder: Decoder; executor: Executor | undefined },
): Promise<void> {
  const computing = executor ?? (await createExecutor("auto"));
  const solver = createSvdSolver(computing);
  try {
    for (const linear of linears) {
      if (linear.kind !== "lora" || !linear.initial) continue;
      const weight = await folder.read(`${linear.module}.weight`);
      const { initial: factors, scaling } = linear;
      await principalFactors(weight, { factors, scaling, solver }, layoutOf(decoder, linear.module));
    }
  } finally {
    solver.dispose();
    if (!executor) computing.dispose();
  }
}
