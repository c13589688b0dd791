/** The numbers of a model's shape that cost estimates need, mostly under config.json's names. */
import { z } from "zod";

export const modelShapeSchema = z.object({
  parameters: z.number(),
  hidden_size: z.number(),
  /** Elements that a block's MLP holds per token: of all experts, because each of them computes every token. */
  intermediate_size: z.number(),
  num_hidden_layers: z.number(),
  num_attention_heads: z.number(),
  vocab_size: z.number(),
  /**
   * Inputs and outputs of the layers' linears, added up by the last part of their names: { q_proj: 4608, … }. A LoRA of
   * rank r on them has r times as many parameters.
   */
  linearSides: z.record(z.string(), z.number()),
  /** Elements of those linears' weights, all together: what quantisation makes smaller. */
  linear_parameters: z.number(),
  /** Whether the head is the transposed embedding, and so needs no memory of its own. */
  tied_head: z.boolean(),
});
export type ModelShape = z.infer<typeof modelShapeSchema>;
