/** Adds answers to a dataset of any kind, or to a new one, over the console's API for datasets. */
import { callApi } from "@/components/api/client";
import type { DatasetEntry } from "@/server/contract/dataset-info";
import type { DatasetDetail, DatasetList, Undoable } from "@/server/contract/datasets";
import {
  CONVERSATION_ENTRY,
  type Example,
  PAIR_ENTRY,
  pairRow,
  type PreferencePair,
  type Row,
  rowFor,
} from "./training-rows";

const address = (name: string) => `/api/datasets/${encodeURIComponent(name)}`;

/**
 * Adds examples in the dataset's own columns; makes it where there is none of that name.
 * @param noPlace what to say of a dataset that has no column for some of them
 * @throws ApiError, or an Error with those words
 */
export async function addExamples(
  name: string,
  examples: readonly Example[],
  noPlace: (name: string) => string,
): Promise<Undoable> {
  const entry = (await entryOf(name)) ?? CONVERSATION_ENTRY;
  const rows = examples.map((example) => rowFor(example, entry));
  if (!rows.every((row) => row !== null)) throw new Error(noPlace(name));
  return addRows(name, rows, CONVERSATION_ENTRY);
}

/** Adds pairs to a dataset of pairs that was made here, or to a new one. @throws as above */
export async function addPairs(
  name: string,
  pairs: readonly PreferencePair[],
  noPlace: (name: string) => string,
): Promise<Undoable> {
  const entry = await entryOf(name);
  const fits = entry === null || (entry.ranking && sameShape(entry, PAIR_ENTRY));
  if (!fits) throw new Error(noPlace(name));
  return addRows(name, pairs.map(pairRow), PAIR_ENTRY);
}

function addRows(name: string, rows: readonly Row[], entry: DatasetEntry): Promise<Undoable> {
  return callApi<Undoable>(`${address(name)}/rows`, { method: "POST", body: { rows, entry } });
}

/** What a dataset's columns are; null where there is none of that name. */
async function entryOf(name: string): Promise<DatasetEntry | null> {
  const { items } = await callApi<DatasetList>("/api/datasets");
  if (!items.some((dataset) => dataset.name === name)) return null;
  return (await callApi<DatasetDetail>(address(name))).entry;
}

function sameShape(a: DatasetEntry, b: DatasetEntry): boolean {
  const shape = ({ formatting, columns, tags }: DatasetEntry) => JSON.stringify([formatting, columns, tags]);
  return shape(a) === shape(b);
}
