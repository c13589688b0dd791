/**
 * Holds the conversation on screen, asks targets, takes in their pieces and keeps the result. Each
 * answer streams on its own: one that fails or stops leaves the others alone. It does not know React.
 */
import { createPacedBatch } from "@/components/live/paced-batch";
import type { EngineWish } from "@/server/contract/api";
import type { Sampling } from "@/server/contract/chat";
import type { complete as completeRequest, Completion } from "./complete";
import { type Answer, historyFor, isComing, NEW_ANSWER, type Turn, withAnswer } from "./conversation";
import { splitThink } from "./think-text";

/** Pieces are shown at most once per frame. */
const PAUSE_MS = 16;

interface AskOptions {
  system: string;
  sampling: Sampling;
  /** Which engine answers; each model's own where missing. */
  engine?: EngineWish;
}

export interface ConversationStore {
  get: () => readonly Turn[];
  subscribe: (listener: () => void) => () => void;
  /** Replaces everything, stopping what is coming. */
  open: (turns: readonly Turn[]) => void;
  /** A new question to all of `targets`. */
  send: (text: string, targets: readonly string[], options: AskOptions) => void;
  /** Asks `target` again at a turn; later turns of this target keep their answers. */
  answerAgain: (turnId: string, target: string, options: AskOptions) => void;
  /** Every question that `target` has not answered, in order. */
  catchUp: (target: string, options: AskOptions) => Promise<void>;
  /** Changes the last question and asks all of `targets` again. */
  editLast: (text: string, targets: readonly string[], options: AskOptions) => void;
  /** Stops one target's answer, or all of them. */
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

  function addPiece({ stream, text, at }: Piece) {
    const { turnId, target } = stream;
    const answer = answerAt(turnId, target);
    // A piece of a stream that was stopped meanwhile must not end up in the answer that took its place.
    if (!answer || !isComing(answer) || streams.get(streamKey(turnId, target)) !== stream) return;
    const sinceAsked = at - stream.askedAt;
    const firstMs = answer.firstMs ?? sinceAsked;
    const writeMs = sinceAsked - firstMs;
    const full = answer.text + text;
    const think = splitThink(full);
    setAnswer(turnId, target, {
      ...answer,
      text: full,
      state: "writing",
      tokens: answer.tokens + 1,
      firstMs,
      writeMs,
      thinkMs: think.thought === null ? null : think.thinking ? writeMs : (answer.thinkMs ?? writeMs),
    });
  }

  async function ask(turnId: string, target: string, options: AskOptions): Promise<void> {
    const key = streamKey(turnId, target);
    streams.get(key)?.control.abort();
    const stream: Stream = { turnId, target, control: new AbortController(), askedAt: now() };
    streams.set(key, stream);
    const messages = historyFor(turns, { turnId, target, system: options.system });
    setAnswer(turnId, target, NEW_ANSWER);
    changed();
    const ending = await complete(
      {
        ...options.sampling,
        target,
        messages,
        tools: [],
        engine: options.engine ?? "auto",
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
    for (const stream of streams.values()) {
      if (target === undefined || stream.target === target) stream.control.abort();
    }
  }

  function open(next: readonly Turn[]) {
    stop();
    streams.clear();
    turns = next;
    changed();
  }

  return {
    get: () => turns,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open,
    send(text, targets, options) {
      const turn: Turn = { id: crypto.randomUUID(), user: text, answers: {} };
      turns = [...turns, turn];
      for (const target of targets) void ask(turn.id, target, options);
    },
    answerAgain(turnId, target, options) {
      void ask(turnId, target, options);
    },
    async catchUp(target, options) {
      for (const { id } of turns) {
        const answer = answerAt(id, target);
        if (answer && answer.state !== "failed") continue;
        await ask(id, target, options);
        if (answerAt(id, target)?.state !== "done") return;
      }
    },
    editLast(text, targets, options) {
      const last = turns.at(-1);
      if (!last) return;
      stop();
      turns = [...turns.slice(0, -1), { ...last, user: text, answers: {} }];
      for (const target of targets) void ask(last.id, target, options);
    },
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
