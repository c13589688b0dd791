/**
 * Compresses what a request is answered with, where that makes the wait shorter: documents and JSON, which are mostly
 * words that repeat. It does not know who answers; what was compressed when the pages were built goes past it.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { constants } from "node:zlib";
import compression from "compression";

/** Streams of events must not wait for a block to fill, and files are sent as they are. */
const PACKED = /^(?:application\/json|image\/svg\+xml|text\/(?:html|x-component))\b/;
/** Above this, packing takes longer than sending, at least to a browser on the same machine. */
const MOST_BYTES = 256 * 1024;

/** Brotli packs words well even at the speed of one request. */
const compress = compression({
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } },
  filter: (_request, response) =>
    PACKED.test(String(response.getHeader("Content-Type"))) &&
    Number(response.getHeader("Content-Length") ?? 0) <= MOST_BYTES,
});

/** Compresses what is written to `response` from here on. Of Express's request and response it needs only Node's part. */
export function packReply(request: IncomingMessage, response: ServerResponse): void {
  const [expressRequest, expressResponse] = [request, response] as unknown as Parameters<typeof compress>;
  compress(expressRequest, expressResponse, () => undefined);
}
