/**
 * Holds the conversation on screen, asks targets, takes in their pieces and keeps the result. Each
 * answer streams on its own: one that fails or stops leaves the others alone. It does not know React.
 */
import { createPacedBatch } from "@/components/live/paced-batch";
import { parseTools } from "@/server/contract/chat-tools";
import type { Asking } from "@/server/contract/conversations";
import type { SamplePrompt } from "@/server/contract/samples";
import type { complete as completeRequest, Completion } from "./complete";
import { type Answer, historyFor, isComing, NEW_ANSWER, type Turn, withAnswer } from "./conversation";
import { splitThink } from "./think-text";

/** Pieces are shown at most once per frame. */
const PAUSE_MS = 16;

/** What may be said with a question beside its text. */
type QuestionParts = Partial<Pick<Turn, "role" | "before" | "order">>;

export interface SetProgress {
  asked: number;
  of: number;
}

export interface ConversationStore {
  get: () => readonly Turn[];
  /** How many prompts of a set have been asked, of how many; null while none is being asked. */
  progress: () => SetProgress | null;
  subscribe: (listener: () => void) => () => void;
  /** Replaces everything, stopping what is coming. */
  open: (turns: readonly Turn[]) => void;
  /** A new question to all of `targets`; settles when all have ended. */
  send: (text: string, targets: readonly string[], asking: Asking, parts?: QuestionParts) => Promise<void>;
  /** Each prompt by itself to all of `targets`, one after the other; `order` draws the order of each. */
  sendSet: (
    prompts: readonly SamplePrompt[],
    targets: readonly string[],
    asking: Asking,
    order: () => string[] | null,
  ) => Promise<void>;
  /** Asks targets again at a turn; later turns keep their answers. */
  answerAgain: (turnId: string, targets: readonly string[], asking: Asking) => void;
  /** Every question that `target` has not answered, in order. */
  catchUp: (target: string, asking: Asking) => Promise<void>;
  /** Changes a question and asks all of `targets` again; what came after it goes. */
  edit: (
    change: Pick<Turn, "text" | "order"> & { turnId: string },
    targets: readonly string[],
    asking: Asking,
  ) => void;
  /** Which answer was liked best. */
  vote: (turnId: string, vote: string) => void;
  /** Shows the names of answers that nobody voted on. */
  reveal: () => void;
  /** Stops one target's answer, or all of them and what was still to be asked. */
  stop: (target?: string) => void;
}

interface Stream {
  turnId: string;
  target: string;
  control: AbortController;
  askedAt: number;
}

interface Piece {
  stream: Stream;
  text: string;
  at: number;
}

interface Dependencies {
  complete: typeof completeRequest;
  now?: () => number;
}

/** A store over `complete`; `now` is a clock in milliseconds. */
export function createConversationStore({
  complete,
  now = () => performance.now(),
}: Dependencies): ConversationStore {
  let turns: readonly Turn[] = [];
  let progress: SetProgress | null = null;
  const listeners = new Set<() => void>();
  const streams = new Map<string, Stream>();

  const pieces = createPacedBatch<Piece>((items) => {
    for (const piece of items) addPiece(piece);
    changed();
  }, PAUSE_MS);

  function changed() {
    for (const listener of listeners) listener();
  }

  function answerAt(turnId: string, target: string): Answer | undefined {
    return turns.find((turn) => turn.id === turnId)?.answers[target];
  }

  function setAnswer(turnId: string, target: string, answer: Answer) {
    turns = withAnswer(turns, turnId, target, answer);
  }

  function changeTurns(change: (turn: Turn) => Turn) {
    turns = turns.map(change);
    changed();
  }

  function addPiece({ stream, text, at }: Piece) {
    const { turnId, target } = stream;
    const answer = answerAt(turnId, target);
    // A piece of a stream that was stopped meanwhile must not end up in the answer that took its place.
    if (!answer || !isComing(answer) || streams.get(streamKey(turnId, target)) !== stream) return;
    const sinceAsked = at - stream.askedAt;
    const first_ms = answer.first_ms ?? sinceAsked;
    const write_ms = sinceAsked - first_ms;
    const full = answer.text + text;
    const think = splitThink(full);
    setAnswer(turnId, target, {
      ...answer,
      text: full,
      state: "writing",
      tokens: answer.tokens + 1,
      first_ms,
      write_ms,
      think_ms: think.thought === null ? null : think.thinking ? write_ms : (answer.think_ms ?? write_ms),
    });
  }

  async function ask(turnId: string, target: string, asking: Asking): Promise<void> {
    const key = streamKey(turnId, target);
    streams.get(key)?.control.abort();
    const stream: Stream = { turnId, target, control: new AbortController(), askedAt: now() };
    streams.set(key, stream);
    const messages = historyFor(turns, { turnId, target, system: asking.system });
    setAnswer(turnId, target, NEW_ANSWER);
    changed();
    const ending = await complete(
      {
        ...asking.sampling,
        target,
        messages,
        tools: parseTools(asking.tools) ?? [],
        engine: asking.engine,
        enable_thinking: true,
      },
      { signal: stream.control.signal, onText: (text) => pieces.add({ stream, text, at: now() }) },
    ).then(
      (completion) => ({ completion }),
      (error: unknown) => ({ error }),
    );
    pieces.flush();
    if (streams.get(key) !== stream) return;
    streams.delete(key);
    end(
      turnId,
      target,
      "completion" in ending ? endedWith(ending.completion) : brokenBy(ending.error, stream.control.signal),
    );
  }

  function end(turnId: string, target: string, change: (answer: Answer) => Answer) {
    const answer = answerAt(turnId, target);
    if (answer) setAnswer(turnId, target, change(answer));
    changed();
  }

  function stop(target?: string) {
    if (target === undefined) progress = null;
    for (const stream of streams.values()) {
      if (target === undefined || stream.target === target) stream.control.abort();
    }
    changed();
  }

  async function send(
    text: string,
    targets: readonly string[],
    asking: Asking,
    { role = "user", before = null, order = null }: QuestionParts = {},
  ) {
    const turn: Turn = { id: crypto.randomUUID(), role, text, before, answers: {}, order, vote: null };
    turns = [...turns, turn];
    await Promise.all(targets.map((target) => ask(turn.id, target, asking)));
  }

  return {
    get: () => turns,
    progress: () => progress,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open(next) {
      stop();
      streams.clear();
      turns = next;
      changed();
    },
    send,
    async sendSet(prompts, targets, asking, order) {
      progress = null;
      let mine: SetProgress | null = null;
      for (const [index, { messages }] of prompts.entries()) {
        // Stopped, or another set is asked now.
        if (progress !== mine) return;
        progress = mine = { asked: index + 1, of: prompts.length };
        const question = messages.at(-1)!;
        await send(question.content, targets, asking, {
          role: question.role === "tool" ? "tool" : "user",
          before: messages.slice(0, -1),
          order: order(),
        });
      }
      if (progress === mine) progress = null;
      changed();
    },
    answerAgain(turnId, targets, asking) {
      // A vote was on what is replaced now.
      turns = turns.map((turn) =>
        turn.id === turnId ? { ...turn, vote: null, order: turn.vote === null ? turn.order : null } : turn,
      );
      for (const target of targets) void ask(turnId, target, asking);
    },
    async catchUp(target, asking) {
      for (const { id } of turns) {
        const answer = answerAt(id, target);
        if (answer && answer.state !== "failed") continue;
        await ask(id, target, asking);
        if (answerAt(id, target)?.state !== "done") return;
      }
    },
    edit({ turnId, text, order }, targets, asking) {
      const at = turns.findIndex(({ id }) => id === turnId);
      const asked = turns[at];
      if (!asked) return;
      stop();
      turns = [...turns.slice(0, at), { ...asked, text, answers: {}, vote: null, order }];
      for (const target of targets) void ask(turnId, target, asking);
    },
    vote: (turnId, vote) => changeTurns((turn) => (turn.id === turnId ? { ...turn, vote } : turn)),
    reveal: () => changeTurns((turn) => (turn.vote === null ? { ...turn, order: null } : turn)),
    stop,
  };
}

function streamKey(turnId: string, target: string): string {
  return `${turnId} ${target}`;
}

function endedWith(completion: Completion) {
  return (answer: Answer): Answer => ({
    ...answer,
    state: "done",
    tool_calls: completion.toolCalls,
    tokens: completion.tokens ?? answer.tokens,
    cut: completion.finishReason === "length",
  });
}

function brokenBy(error: unknown, signal: AbortSignal) {
  return (answer: Answer): Answer =>
    signal.aborted
      ? { ...answer, state: "stopped" }
      : { ...answer, state: "failed", error: error instanceof Error ? error.message : String(error) };
}
