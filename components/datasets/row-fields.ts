/** A row's JSON as it is typed, and whether it can be edited column by column. Pure. */
import { isObject } from "@/server/contract/raw-row";

/** The row that a text says; null where it is not a JSON object. */
export function parsedRow(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The columns of a row that holds nothing but texts; null where it holds anything else. */
export function textFields(row: Readonly<Record<string, unknown>>): [string, string][] | null {
  const fields = Object.entries(row);
  const isText = (field: [string, unknown]): field is [string, string] => typeof field[1] === "string";
  return fields.length > 0 && fields.every(isText) ? fields : null;
}
