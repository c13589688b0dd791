/**
 * What the console asks `tuneboard preview` and what it answers: one JSON object a line, on stdin and stdout. The program
 * gets rows, not files, so that the console's index stays the only one.
 */
import { z } from "zod";
import { encodingSchema, renderedRowSchema } from "./datasets";

export const previewRequestSchema = z.object({
  id: z.number(),
  /** `render` gives texts and tokens, `lengths` the number of tokens alone. */
  kind: z.enum(["render", "lengths"]),
  encoding: encodingSchema,
  /** Of dataset_info.json. */
  name: z.string(),
  entry: z.unknown(),
  /** Number of the first row, from 0. */
  offset: z.number(),
  rows: z.array(z.unknown()),
});
export type PreviewRequest = z.infer<typeof previewRequestSchema>;

export const previewReplySchema = z.object({
  id: z.number(),
  rendered: z.array(renderedRowSchema).optional(),
  /** Tokens of each row; the longer answer where it has two; null where it cannot be used. */
  lengths: z.array(z.number().nullable()).optional(),
  /** Why the first row without a length has none. */
  problem: z.string().nullable().optional(),
  /** The whole request failed: no such model, an unknown template. */
  error: z.string().optional(),
});
export type PreviewReply = z.infer<typeof previewReplySchema>;
