/**
 * What a file of rows becomes as a dataset: each row converted or the file left as it is, and the entry for
 * dataset_info.json. Pure; the page's live preview and the console's conversion are these same functions.
 */
import type { DatasetEntry } from "./dataset-info";
import { REASONING_SYSTEM, type Mapping, type Preset } from "./dataset-presets";
import { asFlag, conversationOf, isBlank, isObject, messageShape, rowsOf, textOf, type Row } from "./raw-row";

/** What a file of these rows becomes. */
export interface Plan {
  /** null: the file is used as it is. */
  readonly convert: ((row: Row) => Converted) | null;
  /** The entry of dataset_info.json for a file of this name. */
  readonly entry: (fileName: string) => DatasetEntry;
}

/** A row as it will be written, or why it is left out. */
export type Converted = { readonly row: Record<string, unknown> } | { readonly skip: string };

export interface PlanRequest {
  readonly preset: Preset;
  readonly mapping: Mapping;
  /** For every row that has none of its own; "" for none. */
  readonly system: string;
  /** ".csv" and so on. */
  readonly fileKind: string;
  /** The first rows, which tell the shape of messages and answers. */
  readonly sample: readonly unknown[];
}

/** How a file becomes a dataset. Files that LLaMA-Factory reads as they are stay as they are, with their columns named. */
export function planDataset(request: PlanRequest): Plan {
  switch (request.preset) {
    case "alpaca":
      return alpacaPlan(request);
    case "qa":
      return { ...alpacaPlan(request), convert: (row) => alpacaRow(row, request) };
    case "sharegpt":
    case "openai":
      return messagesPlan(request);
    case "preference":
      return preferencePlan(request);
    case "kto":
      return ktoPlan(request);
    case "text":
      return textPlan(request);
    case "reasoning":
      return reasoningPlan(request);
  }
}

const mustConvert = ({ fileKind, system }: PlanRequest) => fileKind === ".csv" || system.trim() !== "";

function alpacaPlan(request: PlanRequest): Plan {
  const { mapping, system, preset } = request;
  const convert = mustConvert(request) || preset === "qa" ? (row: Row) => alpacaRow(row, request) : null;
  const hasSystem = Boolean(mapping["system"]) || system.trim() !== "";
  return {
    convert,
    entry(fileName) {
      const columns = convert
        ? {
            ...ALPACA_COLUMNS,
            ...(hasSystem && { system: "system" }),
            ...(mapping["history"] && { history: "history" }),
          }
        : named(mapping);
      return { ...base(fileName), ...(sameColumns(columns, ALPACA_COLUMNS) ? {} : { columns }) };
    },
  };
}

function alpacaRow(row: Row, { mapping, system }: PlanRequest): Converted {
  const prompt = textOf(row[mapping["prompt"] ?? ""]);
  const response = textOf(row[mapping["response"] ?? ""]);
  if (isBlank(prompt) && isBlank(row[mapping["query"] ?? ""]))
    return { skip: emptyColumn(mapping, "prompt") };
  if (isBlank(response)) return { skip: emptyColumn(mapping, "response") };
  const history = row[mapping["history"] ?? ""];
  return {
    row: {
      instruction: prompt,
      input: textOf(row[mapping["query"] ?? ""]),
      output: response,
      ...systemOf(row, mapping, system),
      ...(mapping["history"] && { history: Array.isArray(history) ? history : [] }),
    },
  };
}

function messagesPlan(request: PlanRequest): Plan {
  const { mapping, sample, system } = request;
  const shape = messageShape(sample, mapping["messages"] ?? "");
  const convert =
    system.trim() === ""
      ? null
      : (row: Row): Converted => ({ row: { ...row, ...systemOf(row, mapping, system) } });
  return {
    convert,
    entry(fileName) {
      const columns = { ...named(mapping), ...(convert && { system: "system" }) };
      return {
        ...base(fileName),
        formatting: shape.toolCalls ? "openai" : "sharegpt",
        ...(sameColumns(columns, SHAREGPT_COLUMNS) ? {} : { columns }),
        ...(shape.tags && { tags: shape.tags }),
      };
    },
  };
}

function preferencePlan(request: PlanRequest): Plan {
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
  if (!chosen.length || !chosen.at(-1)!.value) return { skip: emptyColumn(mapping, "chosen") };
  if (!rejected.length || !rejected.at(-1)!.value) return { skip: emptyColumn(mapping, "rejected") };
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

function ktoPlan(request: PlanRequest): Plan {
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
      if (!prompt?.value) return { skip: emptyColumn(mapping, "prompt") };
      if (!answer?.value) return { skip: emptyColumn(mapping, "response") };
      return {
        row: {
          instruction: prompt.value,
          input: "",
          output: answer.value,
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

function textPlan({ mapping, fileKind }: PlanRequest): Plan {
  const column = mapping["prompt"] ?? "text";
  return {
    convert:
      fileKind === ".csv"
        ? (row) => {
            const text = textOf(row[column]);
            return isBlank(text) ? { skip: `"${column}" is empty` } : { row: { text } };
          }
        : null,
    entry: (fileName) => ({
      ...base(fileName),
      columns: { prompt: fileKind === ".csv" || fileKind === ".txt" ? "text" : column },
    }),
  };
}

/** Question, thought and answer as one exchange, the thought inside the answer. */
function reasoningPlan({ mapping, system }: PlanRequest): Plan {
  return {
    convert(row) {
      const question = textOf(row[mapping["question"] ?? ""]);
      const thought = textOf(row[mapping["thought"] ?? ""]);
      const response = textOf(row[mapping["response"] ?? ""]);
      if (isBlank(question)) return { skip: emptyColumn(mapping, "question") };
      if (isBlank(response)) return { skip: emptyColumn(mapping, "response") };
      return {
        row: {
          conversations: [
            { from: "human", value: question },
            { from: "gpt", value: `<think>${thought}</think> ${response}` },
          ],
          ...systemOf(row, mapping, system.trim() || REASONING_SYSTEM),
        },
      };
    },
    entry: (fileName) => ({
      ...base(fileName),
      formatting: "sharegpt",
      columns: { messages: "conversations", system: "system" },
    }),
  };
}

const ALPACA_COLUMNS = { prompt: "instruction", query: "input", response: "output" };
const SHAREGPT_COLUMNS = { messages: "conversations" };

function base(fileName: string): DatasetEntry {
  return { file_name: fileName, formatting: "alpaca", ranking: false };
}

/** Two columns named alike mean that the entry need not name them. */
function sameColumns(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

function named(mapping: Mapping): Record<string, string> {
  return Object.fromEntries(Object.entries(mapping).filter(([, column]) => column !== ""));
}

/** An entry without what LLaMA-Factory takes for granted, as it is written into the file. */
export function shortEntry(entry: DatasetEntry): Record<string, unknown> {
  const { formatting, ranking, ...rest } = entry;
  return {
    ...rest,
    ...(formatting !== "alpaca" && { formatting }),
    ...(ranking && { ranking }),
  };
}

/** The row's own system prompt, else the one for all; nothing where the dataset has none. */
function systemOf(row: Row, mapping: Mapping, system: string): Record<string, string> {
  if (!mapping["system"] && system.trim() === "") return {};
  const own = textOf(row[mapping["system"] ?? ""]);
  return { system: own.trim() === "" ? system.trim() : own };
}

function emptyColumn(mapping: Mapping, id: string): string {
  return mapping[id] ? `"${mapping[id]}" is empty` : `no column is its ${id}`;
}
