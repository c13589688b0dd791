/**
 * Who may ask: a key where one is set, and never a foreign web page (a browser sends its requests to loopback as readily
 * as to anywhere else). It knows headers only.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

const LOOPBACK_NAMES: readonly (string | undefined)[] = ["127.0.0.1", "localhost", "[::1]"];

export interface Refusal {
  readonly status: 401 | 403;
  readonly message: string;
}

export interface GuardOptions {
  /** null: no key is asked for. */
  readonly apiKey: string | null;
  /** Whether the server listens on loopback only; then a Host that is no loopback name is a rebound DNS name. */
  readonly loopbackOnly: boolean;
}

/** The reason to refuse a request; null to let it in. */
export function refusal(
  { headers }: Pick<IncomingMessage, "headers">,
  { apiKey, loopbackOnly }: GuardOptions,
): Refusal | null {
  const host = hostName(headers.host);
  if (loopbackOnly && !LOOPBACK_NAMES.includes(host)) {
    return {
      status: 403,
      message: `This server answers to 127.0.0.1 and localhost only, not to ${headers.host ?? "a request without Host"}.`,
    };
  }
  const foreignOrigin = headers.origin !== undefined && !LOOPBACK_NAMES.includes(originName(headers.origin));
  if (foreignOrigin || headers["sec-fetch-site"] === "cross-site") {
    return {
      status: 403,
      message: `Requests from web pages elsewhere (${headers.origin ?? "cross-site"}) are refused.`,
    };
  }
  if (apiKey !== null && !sameSecret(headers.authorization ?? "", `Bearer ${apiKey}`)) {
    return {
      status: 401,
      message: "The API key is missing or wrong. Send it as: Authorization: Bearer <API_KEY>.",
    };
  }
  return null;
}

export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$|^localhost$/.test(address);
}

/** "localhost:8000" -> "localhost", "[::1]:8000" -> "[::1]". */
function hostName(host: string | undefined): string | undefined {
  return /^(\[[0-9a-f:]+\]|[^:]+)(:\d+)?$/i.exec(host ?? "")?.[1]?.toLowerCase();
}

/** Null for "null", which sandboxed pages and files send. */
function originName(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).hostname.toLowerCase() : undefined;
}

/** Compares digests, so that the time taken says nothing about the key. */
function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
