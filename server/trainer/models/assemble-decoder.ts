/** Makes a decoder from what a family says of it: sizes, a block design, names. It does not know families. */
import { designedLinears, designedTensors, normTensors, type BlockDesign } from "./block-design";
import { designedBlock, designedNorm } from "./decoder-block";
import type { Decoder, HeadDescription, LayerDescription } from "./family";

export interface DecoderParts extends Pick<
  Decoder,
  | "family"
  | "vocabSize"
  | "hiddenSize"
  | "heads"
  | "kvHeads"
  | "headDim"
  | "contextLength"
  | "embedding"
  | "ropes"
  | "ropeLayout"
  | "design"
> {
  readonly layerCount: number;
  readonly layer: (index: number) => LayerDescription;
  /** GPT-2 stores linears as [inputs, outputs]. */
  readonly storedTransposed: boolean;
  readonly finalNorm: HeadDescription["finalNorm"];
  readonly head: Pick<HeadDescription, "weight" | "bias" | "scale" | "softcap">;
}

export function assembleDecoder({
  layerCount,
  layer,
  storedTransposed,
  finalNorm,
  head,
  ...parts
}: DecoderParts): Decoder {
  const { design } = parts;
  return {
    ...parts,
    layers: Array.from({ length: layerCount }, (_, index) => layer(index)),
    linears: designedLinears(design, parts, storedTransposed),
    tensors: designedTensors(design, parts),
    block: designedBlock(design, parts),
    blockKey: (index) => blockKey(design, index),
    head: {
      ...head,
      finalNorm,
      norm: (x, weight) => designedNorm(x, finalNorm, weight),
      tensors: normTensors(finalNorm.module, [parts.hiddenSize], finalNorm.norm),
    },
  };
}

/** All layers have the same graph, unless their scores are scaled differently. */
function blockKey({ attention }: BlockDesign, layer: number): string {
  return String(attention.scale(layer));
}
