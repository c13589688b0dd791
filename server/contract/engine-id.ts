/** The engines' names as schemas. */
import { z } from "zod";
import { ENGINE_IDS, ENGINE_WISHES } from "./engine-names";

export type { EngineId, EngineWish } from "./engine-names";

export const engineIdSchema = z.enum(ENGINE_IDS);
export const engineWishSchema = z.enum(ENGINE_WISHES);
