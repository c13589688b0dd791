/** The engines by their names, and the wish that leaves the choice to the console. */
import { z } from "zod";

export const engineIdSchema = z.enum(["embedded", "llamafactory"]);
export type EngineId = z.infer<typeof engineIdSchema>;

/** An engine, or the choice left to the console: see `EngineChoice`. */
export const engineWishSchema = z.enum(["auto", ...engineIdSchema.options]);
export type EngineWish = z.infer<typeof engineWishSchema>;
