/**
 * Which column of a data set means what, and which words mark who speaks: LLaMA-Factory's defaults, and what an entry of
 * `dataset_info.json` says instead. It checks nothing, so pages may have it at once.
 */

/** The column that the lines of a .txt file become, as in Hugging Face's `datasets`. */
export const TEXT_COLUMN = "text";

/** Columns by meaning; null where the data set has no such column. */
export type DatasetColumns = Readonly<
  Record<
    | "prompt"
    | "query"
    | "response"
    | "history"
    | "messages"
    | "system"
    | "tools"
    | "images"
    | "videos"
    | "audios"
    | "chosen"
    | "rejected"
    | "kto_tag",
    string | null
  >
>;

export type DatasetTags = Readonly<
  Record<
    | "role_tag"
    | "content_tag"
    | "user_tag"
    | "assistant_tag"
    | "observation_tag"
    | "function_tag"
    | "system_tag",
    string | null
  >
>;

const NO_COLUMNS: DatasetColumns = {
  prompt: null,
  query: null,
  response: null,
  history: null,
  messages: null,
  system: null,
  tools: null,
  images: null,
  videos: null,
  audios: null,
  chosen: null,
  rejected: null,
  kto_tag: null,
};

const DEFAULT_TAGS: DatasetTags = {
  role_tag: "from",
  content_tag: "value",
  user_tag: "human",
  assistant_tag: "gpt",
  observation_tag: "observation",
  function_tag: "function_call",
  system_tag: "system",
};

/** What an entry of the file may name; one that names any has no defaults for the others, as in LLaMA-Factory. */
export interface NamingEntry {
  file_name?: string;
  columns?: Partial<Record<keyof DatasetColumns, string | null>>;
  tags?: Partial<Record<keyof DatasetTags, string | null>>;
}

/** The columns of an entry. */
export function datasetColumns(entry: NamingEntry): DatasetColumns {
  if (!entry.columns) {
    // Lines of text have one column, and it can only mean the text to learn from.
    if (entry.file_name?.endsWith(".txt")) return { ...NO_COLUMNS, prompt: TEXT_COLUMN };
    return {
      ...NO_COLUMNS,
      prompt: "instruction",
      query: "input",
      response: "output",
      messages: "conversations",
    };
  }
  const named = entry.columns;
  return Object.fromEntries(
    Object.keys(NO_COLUMNS).map((column) => [column, named[column as keyof DatasetColumns] ?? null]),
  ) as DatasetColumns;
}

/** The tags of an entry's messages. */
export function datasetTags(entry: NamingEntry): DatasetTags {
  if (!entry.tags) return DEFAULT_TAGS;
  const named = entry.tags;
  return Object.fromEntries(
    Object.keys(DEFAULT_TAGS).map((tag) => [tag, named[tag as keyof DatasetTags] ?? null]),
  ) as DatasetTags;
}
