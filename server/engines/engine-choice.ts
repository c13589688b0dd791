/**
 * Which engine trains a configuration where nobody has said: embedded where it does all that is asked and the model fits,
 * else LLaMA-Factory where it is installed. Pure: facts in, an engine and one sentence out.
 */
import type { EngineChoice, EngineStatus, EngineWish } from "@/server/contract/api";
import type { Problem } from "@/server/contract/problem";

export interface ChoiceFacts {
  wish: EngineWish;
  /** What the embedded engine says about the configuration, its model and its data. */
  embeddedProblems: readonly Problem[];
  /** What LLaMA-Factory says about it. */
  llamafactoryProblems: readonly Problem[];
  /** Bytes that the embedded engine would need at its peak; null where that is not known. */
  neededMemory: number | null;
  /** Bytes that programs can still take. */
  availableMemory: number;
  /** null where nobody has looked yet. */
  llamafactory: EngineStatus | null;
}

/** Chooses, and says why in one sentence. */
export function chooseEngine(facts: ChoiceFacts): EngineChoice {
  const { wish, llamafactory } = facts;
  if (wish !== "auto") return { engine: wish, ground: "chosen", reason: "Chosen by hand." };
  const limit = embeddedLimit(facts);
  if (limit === null) {
    return {
      engine: "embedded",
      ground: "suits",
      reason: "Embedded: it does all that this configuration asks for, and the model fits into memory.",
    };
  }
  if (llamafactory?.available && errors(facts.llamafactoryProblems).length === 0) {
    const name = `LLaMA-Factory ${llamafactory.version ?? ""}`.trim();
    return {
      engine: "llamafactory",
      ground: "limit",
      reason: `${name}, because the embedded engine ${limit}.`,
    };
  }
  const instead =
    llamafactory === null
      ? "whether LLaMA-Factory is installed is not known yet"
      : llamafactory.available
        ? "LLaMA-Factory does not take it either"
        : "LLaMA-Factory, the way out, is not ready here";
  return { engine: "embedded", ground: "limit", reason: `Embedded, although it ${limit}; ${instead}.` };
}

/** What the embedded engine lacks for this run, as the rest of a sentence about it; null where it lacks nothing. */
function embeddedLimit({
  embeddedProblems,
  llamafactoryProblems,
  neededMemory,
  availableMemory,
}: ChoiceFacts): string | null {
  // What both refuse is a mistake in the configuration, not a limit of an engine.
  const shared = new Set(
    errors(llamafactoryProblems).map(({ argument, message }) => `${argument}: ${message}`),
  );
  const own = errors(embeddedProblems).find(
    ({ argument, message }) => !shared.has(`${argument}: ${message}`),
  );
  if (own) return `does not take this configuration (${firstSentence(own.message)})`;
  if (neededMemory !== null && neededMemory > availableMemory) {
    return `would need about ${gigabytes(neededMemory)} GB of memory, and ${gigabytes(availableMemory)} GB are free`;
  }
  return null;
}

function errors(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ severity }) => severity === "error");
}

function firstSentence(message: string): string {
  return (/^.*?\.(?= [A-Z])/.exec(message)?.[0] ?? message).replace(/\.$/, "");
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
