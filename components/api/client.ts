/**
 * The browser's only way to the console's HTTP API: typed by the contract's schemas, failing with `ApiError`.
 * It does not know react-query and keeps nothing.
 */
import { z } from "zod";
import { ERROR_CODES, type ErrorCode } from "@/server/contract/errors";
import { problemSchema, type Problem } from "@/server/contract/problem";
import { reportAnswer, reportSilence } from "./connection";

// zod compiles schemas with `new Function`, which the page's content security policy forbids.
z.config({ jitless: true });

const failureSchema = z.object({
  error: z.object({
    code: z.enum(ERROR_CODES).catch("internal"),
    message: z.string(),
    problems: z.array(problemSchema).optional().catch(undefined),
  }),
});

/** A reply of the API that says no, or no reply at all (`code: "unreachable"`). */
export class ApiError extends Error {
  readonly code: ErrorCode | "unreachable";
  readonly problems: Problem[];

  constructor(code: ErrorCode | "unreachable", message: string, problems: Problem[] = []) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.problems = problems;
  }
}

/** What the API answers where something was made. */
export const createdSchema = z.object({ id: z.string() });

export interface ApiRequest<T> {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON; a Blob goes as its bytes. */
  body?: unknown;
  /** What the reply must look like; unknown keys are dropped. */
  schema: z.ZodType<T>;
  signal?: AbortSignal;
}

/** Sends one request to `path` ("/api/…") and returns its checked reply. */
export async function callApi<T>(
  path: string,
  { method = "GET", body, schema, signal }: ApiRequest<T>,
): Promise<T> {
  const isBytes = body instanceof Blob;
  const type = isBytes ? "application/octet-stream" : "application/json";
  const response = await fetch(path, {
    method,
    signal,
    cache: "no-store",
    headers: body === undefined ? {} : { "content-type": type },
    body: body === undefined || isBytes ? body : JSON.stringify(body),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    reportSilence();
    throw new ApiError("unreachable", "The console does not answer. Runs continue without it.");
  });
  reportAnswer();
  const reply: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const failure = failureSchema.safeParse(reply);
    if (failure.success) {
      const { code, message, problems } = failure.data.error;
      throw new ApiError(code, message, problems);
    }
    throw new ApiError("internal", `The console answered ${response.status} to ${method} ${path}.`);
  }
  return schema.parse(reply);
}

/** The shape of every list: `{ items: […] }`. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item) });
}
