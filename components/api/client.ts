/**
 * The browser's only way to the console's HTTP API: replies have the contract's types, failures come as `ApiError`.
 * Replies are not checked again here, as the socket's are not: the console that sends them is this page's own version,
 * and what would check them weighs more than most pages do. It does not know react-query and keeps nothing.
 */
import { ERROR_CODES, type ErrorCode, type WireError } from "@/server/contract/errors";
import type { Problem } from "@/server/contract/problem";
import { sayInPage } from "../i18n/use-say";
import { reportAnswer, reportSilence } from "./connection";

// Some parts check what is typed by the contract's schemas. zod would compile those with `new Function`, which the page's
// content security policy forbids; this is where it looks before it makes the first one.
if (typeof window !== "undefined") Object.assign(window, { __zod_globalConfig: { jitless: true } });

/** A reply of the API that says no, or no reply at all (`code: "unreachable"`). Its message is in the page's language. */
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
export interface Created {
  id: string;
}

/** What the API answers where there may be several. */
export interface ListOf<T> {
  items: T[];
}

export interface ApiRequest {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON; a Blob goes as its bytes. */
  body?: unknown;
  signal?: AbortSignal;
}

/** Sends one request to `path` ("/api/…"). @returns its reply, of the type that the contract has for it */
export async function callApi<T = unknown>(
  path: string,
  { method = "GET", body, signal }: ApiRequest = {},
): Promise<T> {
  const isBytes = body instanceof Blob;
  const type = isBytes ? "application/octet-stream" : "application/json";
  const response = await fetch(path, {
    method,
    signal,
    cache: "no-store",
    headers: body === undefined ? {} : { "content-type": type },
    body: body === undefined || isBytes ? body : JSON.stringify(body),
  }).catch(async (error: unknown) => {
    if (signal?.aborted) throw error;
    reportSilence();
    throw await inWords(
      new ApiError("unreachable", "The console does not answer. Runs continue without it."),
    );
  });
  reportAnswer();
  const reply: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    throw await inWords(
      failureOf(reply) ??
        new ApiError("internal", `The console answered ${response.status} to ${method} ${path}.`),
    );
  }
  return reply as T;
}

/** The failure in the page's language. */
async function inWords({ code, message, problems }: ApiError): Promise<ApiError> {
  return new ApiError(code, await sayInPage(message), problems);
}

/** The failure that a reply tells of; null where it tells of none. Whatever stands in the way may have written it. */
export function failureOf(reply: unknown): ApiError | null {
  const error = (reply as { error?: Partial<WireError> } | null)?.error;
  if (typeof error?.message !== "string") return null;
  const code = ERROR_CODES.find((known) => known === error.code) ?? "internal";
  return new ApiError(
    code,
    error.message,
    Array.isArray(error.problems) ? (error.problems as Problem[]) : [],
  );
}
