/** Reading the JSON files of a model folder, with errors that name the file. */
import { readFile } from "node:fs/promises";
import { AppError } from "../../contract/errors";

/** Whether an error of node:fs means that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/**
 * The object in a JSON file; null where there is no such file.
 * @throws AppError checkpoint_malformed where it holds anything but a JSON object
 */
export async function readJsonObject(file: string): Promise<Record<string, unknown> | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      "checkpoint_malformed",
      `${file} is not valid JSON (${reason}). Copy or download it again.`,
      {
        cause: error,
      },
    );
  }
  if (!isRecord(value)) throw new AppError("checkpoint_malformed", `${file} must hold a JSON object.`);
  return value;
}

/** Whether a parsed JSON value is an object with keys. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
