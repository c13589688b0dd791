/**
 * The alpaca format: instruction, input and output in columns of their own, earlier turns as pairs in `history`.
 */
import type { Message } from "../tokenizer/templates/template";
import type { AlignedExample } from "./aligned-example";
import type { RowColumns } from "./row-columns";
import { shown } from "./row-columns";

const user = (content: string): Message => ({ role: "user", content });
const assistant = (content: string): Message => ({ role: "assistant", content });

/** @param ranking whether the data set holds pairs of a chosen and a rejected answer */
export function alignAlpaca(columns: RowColumns, ranking: boolean): AlignedExample {
  const prompt = history(columns);
  const query = [columns.text("prompt", { required: true }), columns.text("query", { required: false })];
  prompt.push(user(query.filter(Boolean).join("\n")));
  return {
    prompt,
    response: response(columns, ranking),
    system: columns.text("system", { required: false }),
    tools: columns.tools(),
    broken: null,
    row: columns.row.place,
  };
}

function history(columns: RowColumns): Message[] {
  const turns = columns.optional("history");
  if (!Array.isArray(turns)) return [];
  return turns.flatMap((turn: unknown, i) => {
    const [question, answer] = Array.isArray(turn) ? (turn as unknown[]) : [];
    if (typeof question !== "string" || typeof answer !== "string") {
      throw columns.wrong(`turn ${i + 1} of its history is ${shown(turn)}, a pair of texts is needed`);
    }
    return [user(question), assistant(answer)];
  });
}

function response(columns: RowColumns, ranking: boolean): Message[] {
  const liked = columns.optional("kto_tag");
  if (typeof liked === "boolean") {
    const answer = assistant(columns.text("response", { required: true }) ?? "");
    return liked ? [answer, assistant("")] : [assistant(""), answer];
  }
  if (ranking) {
    const chosen = columns.text("chosen", { required: true });
    const rejected = columns.text("rejected", { required: true });
    if (chosen !== null && rejected !== null) return [assistant(chosen), assistant(rejected)];
  }
  const answer = columns.text("response", { required: true });
  return answer === null ? [] : [assistant(answer)];
}
