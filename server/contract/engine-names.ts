/** The engines by name, for parts that check nothing. It knows no schema, so pages may have it at once. */

export const ENGINE_IDS = ["embedded", "llamafactory"] as const;
export type EngineId = (typeof ENGINE_IDS)[number];

/** An engine, or the choice left to the console: see `EngineChoice`. */
export const ENGINE_WISHES = ["auto", ...ENGINE_IDS] as const;
export type EngineWish = (typeof ENGINE_WISHES)[number];

/** The wish that a text names; null where it names none. */
export function readEngineWish(text: string | null | undefined): EngineWish | null {
  return ENGINE_WISHES.find((wish) => wish === text) ?? null;
}
