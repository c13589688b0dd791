/** A decoder's base tensors, read from a model folder with every shape checked against config.json. */
import { AppError } from "../../contract/errors";
import type { ModelFolder } from "../checkpoint/model-folder";
import type { HostTensor } from "../executor/executor";
import type { Decoder } from "./family";

/** Every tensor that the decoder needs, name -> shape, in the order in which a forward pass meets them. */
export function expectedTensors(decoder: Decoder): Map<string, readonly number[]> {
  const { embedding, head, hiddenSize: C, vocabSize: V } = decoder;
  const shapes = new Map<string, readonly number[]>([[embedding.weight, [V, C]]]);
  if (embedding.positions) shapes.set(embedding.positions.weight, [embedding.positions.count, C]);
  for (const { prefix } of decoder.layers) {
    for (const [name, shape] of Object.entries(blockTensors(decoder))) shapes.set(prefix + name, shape);
  }
  for (const [name, shape] of Object.entries(head.tensors)) shapes.set(name, shape);
  shapes.set(head.weight, [V, C]);
  if (head.bias) shapes.set(head.bias, [V]);
  return shapes;
}

/** The tensors of one block by name below the layer's prefix. */
export function blockTensors(decoder: Decoder): Record<string, readonly number[]> {
  const shapes: Record<string, readonly number[]> = {};
  for (const [module, { inputs, outputs, bias, storedTransposed }] of Object.entries(decoder.linears)) {
    shapes[`${module}.weight`] = storedTransposed ? [inputs, outputs] : [outputs, inputs];
    if (bias) shapes[`${module}.bias`] = [outputs];
  }
  return { ...shapes, ...decoder.tensors };
}

/**
 * Reads them one after the other as float32; nothing else is read. `constant` marks them as never changing.
 * @throws AppError checkpoint_malformed naming file and tensor where one is missing or shaped otherwise
 */
export async function* readWeights(
  folder: ModelFolder,
  decoder: Decoder,
  { constant }: { constant: boolean },
): AsyncGenerator<[name: string, tensor: HostTensor]> {
  checkTensors(folder, decoder);
  for (const [name, shape] of expectedTensors(decoder)) {
    yield [name, { data: await folder.read(name), shape, dtype: "float32", constant }];
  }
}

/** @throws AppError checkpoint_malformed naming file and tensor where one is missing or shaped otherwise */
export function checkTensors(folder: ModelFolder, decoder: Decoder): void {
  for (const [name, shape] of expectedTensors(decoder)) checkShape(folder, name, shape);
}

function checkShape(folder: ModelFolder, name: string, shape: readonly number[]): void {
  const found = folder.tensors.get(name);
  if (!found) {
    throw new AppError(
      "checkpoint_malformed",
      `${folder.path}: the tensor "${name}" is missing from the weight files, config.json asks for it. Copy or download the model again.`,
    );
  }
  if (found.shape.join() !== shape.join()) {
    throw new AppError(
      "checkpoint_malformed",
      `${folder.path}: the tensor "${name}" has the shape [${found.shape.join(", ")}], but config.json asks for [${shape.join(", ")}]. ` +
        "config.json and the weight files belong to different models.",
    );
  }
}
