/**
 * Which places of the machine a run gets: graphics cards where its engine uses them, else the processor. Pure arithmetic
 * over what is taken; it starts nothing and asks no driver.
 */
import { isOn, textOf } from "@/server/contract/configuration-values";
import type { Command, Engine } from "@/server/engines/engine";
import { cardsOf } from "@/server/engines/engine-status";
import type { GraphicsCard } from "@/server/processes/graphics-cards";

/** What runs of an engine compete for. */
export type Pool = "cards" | "processor";

/** An engine that names no other device than the processor leaves the cards alone. */
export async function poolOf(engine: Engine, cards: readonly GraphicsCard[]): Promise<Pool> {
  if (cards.length === 0) return "processor";
  return cardsOf(await engine.detect()) > 0 ? "cards" : "processor";
}

export interface SlotRequest {
  command: Command;
  config: Readonly<Record<string, unknown>>;
  pool: Pool;
  cards: readonly GraphicsCard[];
  /** Runs at a time as set by hand; null for one for each card, or one on the processor. */
  slots: number | null;
  /** Places taken already, one entry for each. */
  taken: readonly number[];
  /** Started by hand beside those that are going: room or not. */
  beside: boolean;
}

/** The places that a run gets and its environment with them; null where there is no room. */
export function slotsFor(
  request: SlotRequest,
): { slots: number[]; env: Readonly<Record<string, string>> } | null {
  const { command, pool, cards, taken, beside } = request;
  const capacity = request.slots ?? (pool === "cards" ? cards.length : 1);
  const all = Array.from({ length: capacity }, (_, slot) => slot);
  const free = all.filter((slot) => !taken.includes(slot));
  if (pool === "processor") {
    if (free.length === 0 && !beside) return null;
    return { slots: [free[0] ?? capacity], env: command.env };
  }
  const named = namedCards(command.env.CUDA_VISIBLE_DEVICES);
  if (named) {
    const clash = named.some((card) => taken.includes(card));
    return clash && !beside ? null : { slots: named, env: command.env };
  }
  const count = Math.min(cardsWanted(command, request.config) ?? cards.length, capacity);
  if (free.length < count && !beside) return null;
  const slots = [...free, ...all.filter((slot) => taken.includes(slot))].slice(0, count);
  const numbers = [...new Set(slots.map((slot) => cards[slot % cards.length]!.index))];
  return { slots, env: { ...command.env, CUDA_VISIBLE_DEVICES: numbers.join(",") } };
}

/** "0,1" as numbers; null where it is left to us. */
function namedCards(value: string | undefined): number[] | null {
  const numbers = (value ?? "").split(",").map((part) => part.trim());
  return numbers.every((part) => /^\d+$/.test(part)) ? numbers.map(Number) : null;
}

/** How many cards a run spreads over; null for all that there are. */
function cardsWanted(command: Command, config: Readonly<Record<string, unknown>>): number | null {
  const processes = Number(command.env.NPROC_PER_NODE ?? textOf(config.NPROC_PER_NODE));
  if (Number.isInteger(processes) && processes > 0) return processes;
  const spreads =
    isOn(command.env.FORCE_TORCHRUN) || isOn(config.FORCE_TORCHRUN) || textOf(config.deepspeed) !== "";
  return spreads ? null : 1;
}
