/**
 * What a file of rows becomes as a dataset: each row converted or the file left as it is, and the entry for
 * dataset_info.json. Pure; the page's live preview and the console's conversion are these same functions.
 */
import type { DatasetEntry } from "./dataset-info";
import { REASONING_SYSTEM } from "./dataset-presets";
import { ktoPlan, preferencePlan } from "./feedback-plan";
import {
  ALPACA_COLUMNS,
  base,
  emptyColumn,
  mustConvert,
  named,
  sameColumns,
  SHAREGPT_COLUMNS,
  systemOf,
  type Converted,
  type Plan,
  type PlanRequest,
} from "./plan-parts";
import { isBlank, messageShape, textOf, type Row } from "./raw-row";

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

/** An entry without what LLaMA-Factory takes for granted, as it is written into the file. */
export function shortEntry(entry: DatasetEntry): Record<string, unknown> {
  const { formatting, ranking, ...rest } = entry;
  return {
    ...rest,
    ...(formatting !== "alpaca" && { formatting }),
    ...(ranking && { ranking }),
  };
}
