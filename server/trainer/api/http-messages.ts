/** Bodies in, replies and OpenAI's errors out: what every route of the server does. It knows HTTP, not routes. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, toWire, type ErrorCode } from "../../contract/errors";

const MAX_BODY_BYTES = 8 << 20;

export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

export function sendError(
  response: ServerResponse,
  status: number,
  error: { message: string; code: string },
): void {
  sendJson(response, status, errorBody(status, error));
}

/** Opens a stream of server-sent events. */
export function openEventStream(response: ServerResponse): void {
  response.writeHead(200, {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache",
    Connection: "keep-alive",
  });
  response.socket?.setNoDelay(true);
}

export function sendEvent(response: ServerResponse, data: object): void {
  response.write(`data: ${JSON.stringify(data)}\n\n`);
}

export function closeEventStream(response: ServerResponse): void {
  response.end("data: [DONE]\n\n");
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  invalid_request: 400,
  invalid_config: 400,
  unsupported: 400,
  checkpoint_malformed: 400,
  forbidden: 403,
  not_found: 404,
  busy: 503,
};

/** Anything thrown, in OpenAI's shape; inside a stream that has begun, as its last event. */
export function reportFailure(response: ServerResponse, error: unknown): void {
  if (!(error instanceof AppError)) console.error(error);
  const { code, message } = plainError(error);
  if (response.headersSent) {
    response.end(`data: ${JSON.stringify(errorBody(500, { message, code }))}\n\n`);
    return;
  }
  sendError(response, STATUS[code] ?? 500, { message, code });
}

/** The text of what was not expected stays on the server. */
function plainError(error: unknown): { code: ErrorCode; message: string } {
  const { code, message } = toWire(error);
  const internal = "Something went wrong inside the server; its terminal shows the details.";
  return { code, message: code === "internal" ? internal : message };
}

function errorBody(status: number, { message, code }: { message: string; code: string }): object {
  const type =
    status >= 500 ? "server_error" : status === 401 ? "authentication_error" : "invalid_request_error";
  return { error: { message, type, param: null, code } };
}

/** The body as parsed JSON. @throws AppError invalid_request for one that is no JSON, too large, or sent as something else */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  // A form or plain text can be sent by any web page without asking first; JSON cannot.
  if (!/^application\/json\b/i.test(request.headers["content-type"] ?? "")) {
    throw new AppError("invalid_request", "The body must be JSON, sent with Content-Type: application/json.");
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) {
      throw new AppError("invalid_request", `The body is larger than ${MAX_BODY_BYTES >> 20} MiB.`);
    }
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (cause) {
    throw new AppError("invalid_request", `The body is not valid JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}
