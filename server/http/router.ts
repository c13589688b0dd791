/**
 * The API's dispatcher: a table of routes, JSON in and out, AppError to status. It does not know what the routes do.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import { AppError, toWire, type ErrorCode } from "@/server/contract/errors";

export interface ApiRequest {
  /** Values of `:name` parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly raw: IncomingMessage;
  readonly response: ServerResponse;
  /** The body as JSON, checked. @throws AppError invalid_request */
  readonly body: <T>(schema: z.ZodType<T>) => Promise<T>;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** "/api/runs/:id" */
  readonly path: string;
  /** What it returns is sent as JSON; undefined means that it has answered by itself. */
  readonly handle: (request: ApiRequest) => unknown;
}

/** A reply with another status than 200. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

const LARGEST_BODY = 4 * 1024 * 1024;

const STATUS: Record<ErrorCode, number> = {
  invalid_config: 422,
  invalid_request: 400,
  not_found: 404,
  forbidden: 403,
  busy: 409,
  unsupported: 409,
  checkpoint_malformed: 422,
  dataset_malformed: 422,
  engine_failed: 502,
  diverged: 500,
  disk_full: 507,
  out_of_memory: 507,
  cancelled: 409,
  internal: 500,
};

/** @returns a function that answers a request under /api/ */
export function createRouter(
  routes: readonly Route[],
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const table = routes.map((route) => ({ ...route, parts: route.path.split("/") }));
  return async (request, response) => {
    try {
      const url = new URL(request.url ?? "/", "http://console");
      const parts = url.pathname.replace(/\/$/, "").split("/");
      const candidates = table.filter((route) => matches(route.parts, parts));
      if (candidates.length === 0) throw new AppError("not_found", `There is nothing at ${url.pathname}.`);
      const route = candidates.find(({ method }) => method === request.method);
      if (!route) {
        const allowed = candidates.map(({ method }) => method).join(", ");
        response.setHeader("Allow", allowed);
        sendJson(response, 405, {
          error: {
            code: "invalid_request",
            message: `${url.pathname} takes ${allowed}, not ${request.method}.`,
          },
        });
        return;
      }
      const params = paramsOf(route.parts, parts);
      const body = <T>(schema: z.ZodType<T>) => readBody(request, schema);
      const result = await route.handle({ params, query: url.searchParams, raw: request, response, body });
      if (result instanceof Reply) sendJson(response, result.status, result.body);
      else if (result !== undefined) sendJson(response, 200, result);
    } catch (error) {
      sendError(response, error);
    }
  };
}

/** Writes an error as `{ error }`; where the reply has begun already it is cut off. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (!(error instanceof AppError)) console.error(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const wire = toWire(error);
  sendJson(response, STATUS[wire.code], { error: wire });
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(text),
    "Cache-Control": "no-store",
  });
  response.end(text);
}

/** A whole number from the query. @throws AppError invalid_request where it is something else */
export function queryInt(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new AppError("invalid_request", `${name}=${text} is not a whole number.`);
  return value;
}

/** Checks a value at the border. @throws AppError invalid_request naming the first field at fault */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new AppError(
    "invalid_request",
    `${issue.path.length > 0 ? `${issue.path.join(".")}: ` : ""}${issue.message}`,
  );
}

async function readBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const type = request.headers["content-type"] ?? "";
  // A form of a foreign page cannot send this type without asking first.
  if (!/^application\/json\b/i.test(type))
    throw new AppError("invalid_request", "Send JSON with Content-Type: application/json.");
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY)
      throw new AppError("invalid_request", `The request is larger than ${LARGEST_BODY / 1024 / 1024} MB.`);
    chunks.push(chunk);
  }
  let value: unknown;
  try {
    // Clients that name the type of every request send nothing where there is nothing to say.
    value = length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new AppError("invalid_request", "The request's body is not JSON.");
  }
  return parseRequest(schema, value);
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length && pattern.every((part, i) => part.startsWith(":") || part === parts[i])
  );
}

function paramsOf(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
  const entries = pattern.flatMap((part, i) =>
    part.startsWith(":") ? [[part.slice(1), decode(parts[i]!)] as const] : [],
  );
  return Object.fromEntries(entries);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new AppError("invalid_request", `${part} is not a valid part of an address.`);
  }
}
