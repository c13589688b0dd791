/** Places to train in that one can ask about, beside this computer: graphics cards by number and size. */
import type { TrainingPlace } from "@/server/contract/memory-forecast";

const GIB = 2 ** 30;

interface CardPlace {
  readonly id: string;
  readonly devices: number;
  readonly gib: number;
}

/** What people have: laptops' cards, gaming cards, servers'. */
export const CARD_PLACES: readonly CardPlace[] = [
  { id: "1x8", devices: 1, gib: 8 },
  { id: "1x12", devices: 1, gib: 12 },
  { id: "1x16", devices: 1, gib: 16 },
  { id: "1x24", devices: 1, gib: 24 },
  { id: "2x24", devices: 2, gib: 24 },
  { id: "1x48", devices: 1, gib: 48 },
  { id: "1x80", devices: 1, gib: 80 },
  { id: "2x80", devices: 2, gib: 80 },
  { id: "8x80", devices: 8, gib: 80 },
];

export const HERE = "here";

/** @param memoryBytes what is free on this computer; null while it is not known */
export function placeOf(id: string, memoryBytes: number | null): TrainingPlace {
  const cards = CARD_PLACES.find((place) => place.id === id);
  return cards
    ? { engine: "llamafactory", device: "gpu", devices: cards.devices, capacity_bytes: cards.gib * GIB }
    : { engine: "embedded", device: "cpu", devices: 1, capacity_bytes: memoryBytes };
}
