/**
 * Answers without their names: in which order a turn shows its targets, whether their names are hidden, and how often
 * each was liked best. Pure; the votes themselves stand in the turns.
 */
import { type Answer, isComing, type Turn } from "./conversation";

export const TIE = "tie";
export const NONE = "none";

/** What an answer is called while its name is hidden. */
export function letterOf(column: number): string {
  return String.fromCharCode(65 + column);
}

/** The items in another order, drawn by chance (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: () => number = Math.random): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const pick = Math.floor(random() * (last + 1));
    [order[last], order[pick]] = [order[pick]!, order[last]!];
  }
  return order;
}

/** Which target stands in each column at a turn: in the turn's own order where it has one. */
export function columnsOf({ order }: Pick<Turn, "order">, panes: readonly string[]): readonly string[] {
  if (!order) return panes;
  const known = order.filter((target) => panes.includes(target));
  return [...known, ...panes.filter((target) => !known.includes(target))];
}

/** Whether a turn's answers stand there without their names. */
export function isHidden({ order, vote }: Pick<Turn, "order" | "vote">): boolean {
  return order !== null && vote === null;
}

/** The first turn whose answers are all there and wait for a vote; null where there is none. */
export function turnToVoteOn(turns: readonly Turn[]): Turn | null {
  const hasEnded = (answer: Answer | undefined) => answer !== undefined && !isComing(answer);
  const waits = (turn: Turn) =>
    isHidden(turn) && turn.order!.every((target) => hasEnded(turn.answers[target]));
  return turns.find(waits) ?? null;
}

export interface Tally {
  /** By target id: how often it was liked best. */
  wins: ReadonlyMap<string, number>;
  ties: number;
  none: number;
  votes: number;
}

/** Counts the votes of a conversation. */
export function tallyOf(turns: readonly Turn[]): Tally {
  const votes = turns.flatMap(({ vote }) => (vote === null ? [] : [vote]));
  const wins = new Map<string, number>();
  for (const vote of votes) if (vote !== TIE && vote !== NONE) wins.set(vote, (wins.get(vote) ?? 0) + 1);
  const count = (choice: string) => votes.filter((vote) => vote === choice).length;
  return { wins, ties: count(TIE), none: count(NONE), votes: votes.length };
}
