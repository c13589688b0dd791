/**
 * A conversation that several targets hold at once: one list of questions, and for each the answer of every target.
 * Pure data and changes to it; streaming and storage are elsewhere.
 */
import type { ChatMessage } from "@/server/contract/chat";

type AnswerState = "waiting" | "writing" | "done" | "stopped" | "failed";

export interface Answer {
  text: string;
  state: AnswerState;
  /** Why it failed. */
  error: string | null;
  /** Pieces so far; the server's own count once it is told. */
  tokens: number;
  /** From asking to the first piece; null before it. */
  firstMs: number | null;
  /** From the first piece to the last one so far. */
  writeMs: number;
  /** From the first piece to the end of the thinking; null without thinking. */
  thinkMs: number | null;
  /** Ended because of max_tokens. */
  cut: boolean;
}

export interface Turn {
  id: string;
  user: string;
  /** By target id. */
  answers: Readonly<Record<string, Answer>>;
}

export const NEW_ANSWER: Answer = {
  text: "",
  state: "waiting",
  error: null,
  tokens: 0,
  firstMs: null,
  writeMs: 0,
  thinkMs: null,
  cut: false,
};

/** Whether an answer is still coming. */
export function isComing(answer: Answer | undefined): boolean {
  return answer?.state === "waiting" || answer?.state === "writing";
}

/** An answer that came in less time than this came in one piece; its speed cannot be told. */
const SHORTEST_MS = 20;

/** Tokens per second while writing; null for answers too short to tell. */
export function tokensPerSecond(answer: Answer): number | null {
  return answer.tokens > 1 && answer.writeMs >= SHORTEST_MS
    ? ((answer.tokens - 1) * 1000) / answer.writeMs
    : null;
}

/** The messages to send for `turnId`: what was said before with this target, then the question. */
export function historyFor(
  turns: readonly Turn[],
  { turnId, target, system }: { turnId: string; target: string; system: string },
): ChatMessage[] {
  const messages: ChatMessage[] = system.trim() === "" ? [] : [{ role: "system", content: system }];
  for (const turn of turns) {
    if (turn.id === turnId) {
      messages.push({ role: "user", content: turn.user });
      break;
    }
    const answer = turn.answers[target];
    // A question that this target did not answer is left out, so that roles alternate as templates require.
    if (!answer || answer.text === "" || isComing(answer)) continue;
    messages.push({ role: "user", content: turn.user }, { role: "assistant", content: answer.text });
  }
  return messages;
}

/** The turns with one answer replaced. */
export function withAnswer(turns: readonly Turn[], turnId: string, target: string, answer: Answer): Turn[] {
  return turns.map((turn) =>
    turn.id === turnId ? { ...turn, answers: { ...turn.answers, [target]: answer } } : turn,
  );
}

/** What may be kept: answers that were coming count as stopped, since their stream is gone. */
export function settled(turns: readonly Turn[]): Turn[] {
  return turns.map((turn) => ({
    ...turn,
    answers: Object.fromEntries(
      Object.entries(turn.answers).map(([target, answer]) => [
        target,
        isComing(answer) ? { ...answer, state: "stopped" as const } : answer,
      ]),
    ),
  }));
}
