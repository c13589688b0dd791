/**
 * What a topic writes: a conversation of turns. It does not know templates or tokens.
 */
import type { Random } from "./random";

export interface Turn {
  readonly user: string;
  readonly assistant: string;
}

export interface Dialogue {
  readonly system?: string;
  readonly turns: readonly Turn[];
}

/** Writes one exchange about its subject; the same random state gives the same exchange. */
export type TurnWriter = (random: Random) => Turn;

/** Turn writers that share a subject, and how often it comes up against other topics. */
export interface Topic {
  readonly name: string;
  readonly weight: number;
  readonly writers: readonly TurnWriter[];
}
