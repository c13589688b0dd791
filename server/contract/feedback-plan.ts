/** Plans for rows that judge answers: a better and a worse one, or one that is marked good or bad. */
import {
  ALPACA_COLUMNS,
  base,
  emptyColumn,
  mustConvert,
  named,
  systemOf,
  type Converted,
  type Plan,
  type PlanRequest,
} from "./plan-parts";
import { asFlag, conversationOf, isBlank, isObject, messageShape, rowsOf, textOf, type Row } from "./raw-row";

/** Pairs of answers: left as they are where LLaMA-Factory reads them, else rewritten as conversations. */
export function preferencePlan(request: PlanRequest): Plan {
  const { mapping, sample } = request;
  const first = rowsOf(sample)[0] ?? {};
  const [prompt, chosen] = [first[mapping["prompt"] ?? ""], first[mapping["chosen"] ?? ""]];
  const ready = !mustConvert(request) && typeof chosen !== "undefined";
  if (ready && typeof chosen === "string" && typeof prompt === "string") {
    return {
      convert: null,
      entry: (fileName) => ({ ...base(fileName), ranking: true, columns: named(mapping) }),
    };
  }
  if (ready && Array.isArray(prompt) && isObject(chosen)) {
    const shape = messageShape(sample, mapping["prompt"] ?? "");
    const { prompt: messages, ...others } = named(mapping);
    return {
      convert: null,
      entry: (fileName) => ({
        ...base(fileName),
        formatting: "sharegpt",
        ranking: true,
        columns: { messages, ...others },
        ...(shape.tags && { tags: shape.tags }),
      }),
    };
  }
  return {
    convert: (row) => preferenceRow(row, request),
    entry: (fileName) => ({
      ...base(fileName),
      formatting: "sharegpt",
      ranking: true,
      columns: {
        messages: "conversations",
        chosen: "chosen",
        rejected: "rejected",
        ...((mapping["system"] || request.system.trim() !== "") && { system: "system" }),
      },
    }),
  };
}

/** Pairs whose answers are texts, messages, or whole conversations that share their beginning. */
function preferenceRow(row: Row, { mapping, system }: PlanRequest): Converted {
  const chosen = conversationOf(row[mapping["chosen"] ?? ""]);
  const rejected = conversationOf(row[mapping["rejected"] ?? ""]);
  if (isBlank(chosen.at(-1)?.value)) return { skip: emptyColumn(mapping, "chosen") };
  if (isBlank(rejected.at(-1)?.value)) return { skip: emptyColumn(mapping, "rejected") };
  const asked = row[mapping["prompt"] ?? ""];
  const query = textOf(row[mapping["query"] ?? ""]);
  const before =
    chosen.length > 1
      ? chosen.slice(0, -1)
      : Array.isArray(asked)
        ? conversationOf(asked)
        : [{ from: "human", value: [textOf(asked), query].filter(Boolean).join("\n") }];
  const lead = before[0]?.from === "system" ? before[0].value : "";
  const conversations = lead ? before.slice(1) : before;
  if (!conversations.some(({ from, value }) => from === "human" && value !== ""))
    return { skip: emptyColumn(mapping, "prompt") };
  return {
    row: {
      conversations,
      chosen: { from: "gpt", value: chosen.at(-1)!.value },
      rejected: { from: "gpt", value: rejected.at(-1)!.value },
      ...systemOf(row, mapping, lead || system),
    },
  };
}

/** Marked answers: left as they are where the mark is a boolean, else rewritten as instructions. */
export function ktoPlan(request: PlanRequest): Plan {
  const { mapping, sample, system } = request;
  const first = rowsOf(sample)[0] ?? {};
  const asked = first[mapping["prompt"] ?? ""];
  const isFlag = typeof first[mapping["kto_tag"] ?? ""] === "boolean";
  if (!mustConvert(request) && isFlag && Array.isArray(asked) && !mapping["response"]) {
    const shape = messageShape(sample, mapping["prompt"] ?? "");
    const { prompt: messages, ...others } = named(mapping);
    return {
      convert: null,
      entry: (fileName) => ({
        ...base(fileName),
        formatting: "sharegpt",
        columns: { messages, ...others },
        ...(shape.tags && { tags: shape.tags }),
      }),
    };
  }
  if (!mustConvert(request) && isFlag && typeof asked === "string")
    return { convert: null, entry: (fileName) => ({ ...base(fileName), columns: named(mapping) }) };
  const hasSystem = Boolean(mapping["system"]) || system.trim() !== "";
  return {
    convert(row) {
      const liked = asFlag(row[mapping["kto_tag"] ?? ""]);
      if (liked === null) return { skip: `"${mapping["kto_tag"]}" says neither yes nor no` };
      const turns = conversationOf(row[mapping["prompt"] ?? ""]);
      const answers = conversationOf(row[mapping["response"] ?? ""]);
      const answer = answers.at(-1) ?? turns.findLast(({ from }) => from === "gpt");
      const prompt = turns.findLast(({ from }) => from === "human");
      if (isBlank(prompt?.value)) return { skip: emptyColumn(mapping, "prompt") };
      if (isBlank(answer?.value)) return { skip: emptyColumn(mapping, "response") };
      return {
        row: {
          instruction: prompt!.value,
          input: "",
          output: answer!.value,
          kto_tag: liked,
          ...systemOf(row, mapping, system),
        },
      };
    },
    entry: (fileName) => ({
      ...base(fileName),
      columns: { ...ALPACA_COLUMNS, kto_tag: "kto_tag", ...(hasSystem && { system: "system" }) },
    }),
  };
}
