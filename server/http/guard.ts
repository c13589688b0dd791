/**
 * Decides whether a request comes from this machine's own browser pages or tools. The console has no password, so a
 * foreign web page must not be able to talk to it: neither across origins nor through a DNS name rebound to loopback.
 */
import type { IncomingMessage } from "node:http";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Why a request is refused, in words; null where it is welcome. Serves HTTP requests and socket handshakes alike. */
export function refusal(request: Pick<IncomingMessage, "headers">): string | null {
  const { host, origin, "sec-fetch-site": site } = request.headers;
  const name = hostName(host);
  if (!name || !LOOPBACK.has(name)) {
    return `This console answers to 127.0.0.1 and localhost only, not to ${host ?? "a request without Host"}.`;
  }
  // "null" (a sandboxed frame, a file) is as foreign as any other page.
  if (origin !== undefined && origin.toLowerCase() !== `http://${host!.toLowerCase()}`)
    return `Requests from ${origin} are refused.`;
  if (site !== undefined && site !== "same-origin" && site !== "none")
    return `Requests from other sites are refused (Sec-Fetch-Site: ${String(site)}).`;
  return null;
}

/** Whether an address that the console is asked to listen on stays on this machine. */
export function isLoopback(host: string): boolean {
  return host === "::1" || host === "localhost" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** "localhost:7860" → "localhost", "[::1]:7860" → "[::1]"; null where it is no host. */
function hostName(host: string | undefined): string | null {
  return /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.exec(host ?? "")?.[1]?.toLowerCase() ?? null;
}
