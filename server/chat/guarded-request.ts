/**
 * HTTP requests to an address that a person typed: nowhere else. Redirects are not followed, and addresses at which a
 * machine's own services answer (link-local, where clouds keep credentials; multicast; unspecified) are refused after the
 * name has been looked up, so that no name leads there either. It does not know what is asked.
 */
import { lookup } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { AppError } from "@/server/contract/errors";

export interface GuardedRequest {
  url: string;
  /** Sent as JSON by POST; a GET without. */
  body?: unknown;
  /** Sent as a bearer token; null for none. */
  key: string | null;
  signal: AbortSignal;
}

const FORBIDDEN = new BlockList();
FORBIDDEN.addSubnet("0.0.0.0", 8, "ipv4");
FORBIDDEN.addSubnet("169.254.0.0", 16, "ipv4");
FORBIDDEN.addSubnet("224.0.0.0", 3, "ipv4");
FORBIDDEN.addAddress("::", "ipv6");
FORBIDDEN.addSubnet("fe80::", 10, "ipv6");
FORBIDDEN.addSubnet("ff00::", 8, "ipv6");
// Where clouds answer over IPv6.
FORBIDDEN.addAddress("fd00:ec2::254", "ipv6");

/** Whether nothing may be sent to an IP address; IPv4 addresses written as IPv6 count as what they are. */
export function isForbiddenAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || FORBIDDEN.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** Looks a name up and fails where it leads to a forbidden address. */
const guardedLookup: LookupFunction = (name, options, callback) => {
  lookup(name, { ...options, all: true }, (error, found) => {
    const bad = found?.find(({ address }) => isForbiddenAddress(address));
    const failure = error ?? (bad ? forbidden(name, bad.address) : null);
    const [first] = found ?? [];
    if (failure || !first) callback(failure ?? forbidden(name, "nothing"), "", 0);
    else if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};

/**
 * Sends one request; the reply's body is the caller's to read.
 * @throws AppError forbidden for an address that is refused, engine_failed where nobody answers
 */
export async function guardedRequest({ url, body, key, signal }: GuardedRequest): Promise<IncomingMessage> {
  const { protocol, hostname } = new URL(url);
  // A number needs no looking up, so it is looked at here.
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0 && isForbiddenAddress(literal)) throw forbidden(hostname, literal);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const send = protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = send(url, {
      method: text === undefined ? "GET" : "POST",
      headers: {
        Accept: text === undefined ? "application/json" : "text/event-stream",
        ...(text !== undefined && {
          "Content-Type": "application/json",
          "Content-Length": Buffer.byteLength(text),
        }),
        ...(key !== null && { Authorization: `Bearer ${key}` }),
      },
      lookup: guardedLookup,
      signal,
    });
    sent.once("response", resolve);
    sent.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error instanceof AppError || signal.aborted
          ? error
          : new AppError(
              "engine_failed",
              `${new URL(url).origin} does not answer (${error.code ?? error.message}).`,
              {
                cause: error,
              },
            ),
      );
    });
    sent.end(text);
  });
}

function forbidden(name: string, address: string): AppError {
  return new AppError(
    "forbidden",
    `${name} leads to ${address}, where Tuneboard sends nothing. Type the address of a model server.`,
  );
}
