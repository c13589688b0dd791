/**
 * A conversation that several targets hold at once: one list of questions, and for each the answer of every target.
 * Pure data and changes to it; streaming and storage are elsewhere.
 */
import type { ChatMessage } from "@/server/contract/chat";
import type { KeptAnswer, KeptTurn, ToolCall } from "@/server/contract/conversations";

/** An answer, also while it is coming. */
export interface Answer extends Omit<KeptAnswer, "state"> {
  state: "waiting" | "writing" | KeptAnswer["state"];
}

export interface Turn extends Omit<KeptTurn, "answers"> {
  /** By target id. */
  answers: Readonly<Record<string, Answer>>;
}

export const NEW_ANSWER: Answer = {
  text: "",
  state: "waiting",
  tool_calls: [],
  error: null,
  tokens: 0,
  first_ms: null,
  write_ms: 0,
  think_ms: null,
  cut: false,
};

/** Whether an answer is still coming. */
export function isComing(answer: Answer | undefined): boolean {
  return answer?.state === "waiting" || answer?.state === "writing";
}

/** Whether an answer has come to an end with something in it. */
export function isSaid(answer: Answer | undefined): answer is Answer {
  return answer !== undefined && !isComing(answer) && (answer.text !== "" || answer.tool_calls.length > 0);
}

/** An answer that came in less time than this came in one piece; its speed cannot be told. */
const SHORTEST_MS = 20;

/** Tokens per second while writing; null for answers too short to tell. */
export function tokensPerSecond(answer: Answer): number | null {
  return answer.tokens > 1 && answer.write_ms >= SHORTEST_MS
    ? ((answer.tokens - 1) * 1000) / answer.write_ms
    : null;
}

interface Place {
  turnId: string;
  target: string;
  system: string;
}

/** The messages to send for `turnId`: what was said before with this target, then the question. */
export function historyFor(turns: readonly Turn[], { turnId, target, system }: Place): ChatMessage[] {
  const at = turns.findIndex(({ id }) => id === turnId);
  const upTo = turns.slice(0, at + 1);
  // A question that was asked by itself begins anew, also for those that follow it.
  const from = Math.max(
    0,
    upTo.findLastIndex(({ before }) => before !== null),
  );
  const before = upTo[from]?.before ?? [];
  const hasSystem = system.trim() === "" || before.some(({ role }) => role === "system");
  const messages: ChatMessage[] = hasSystem ? [...before] : [{ role: "system", content: system }, ...before];
  let called: string | null = null;
  for (const turn of upTo.slice(from)) {
    const answer = turn.answers[target];
    const question: ChatMessage = {
      role: turn.role,
      content: turn.text,
      ...(turn.role === "tool" && called !== null && { tool_call_id: called }),
    };
    if (turn.id === turnId) messages.push(question);
    // A question that this target did not answer is left out, so that roles alternate as templates require.
    else if (isSaid(answer)) {
      messages.push(question, answerMessage(turn.id, answer));
      called = answer.tool_calls.length > 0 ? callId(turn.id, 0) : null;
    }
  }
  return messages;
}

/** An answer as the message that it was. */
export function answerMessage(
  turnId: string,
  { text, tool_calls }: Pick<Answer, "text" | "tool_calls">,
): ChatMessage {
  if (tool_calls.length === 0) return { role: "assistant", content: text };
  const calls = tool_calls.map((call: ToolCall, index) => ({
    id: callId(turnId, index),
    type: "function" as const,
    function: call,
  }));
  return { role: "assistant", content: text, tool_calls: calls };
}

const callId = (turnId: string, index: number) => `call_${turnId}_${index}`;

/** The turns with one answer replaced. */
export function withAnswer(turns: readonly Turn[], turnId: string, target: string, answer: Answer): Turn[] {
  return turns.map((turn) =>
    turn.id === turnId ? { ...turn, answers: { ...turn.answers, [target]: answer } } : turn,
  );
}

/** What may be kept: answers that were coming count as stopped, since their stream is gone. */
export function settled(turns: readonly Turn[]): KeptTurn[] {
  return turns.map((turn) => ({
    ...turn,
    answers: Object.fromEntries(
      Object.entries(turn.answers).map(([target, answer]) => [
        target,
        {
          ...answer,
          state: answer.state === "waiting" || answer.state === "writing" ? "stopped" : answer.state,
        },
      ]),
    ),
  }));
}
