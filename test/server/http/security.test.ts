/** Who may talk to the console: its own pages and tools on this machine, nobody else. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { io } from "socket.io-client";
import { refusal } from "@/server/http/guard";
import { makeHome, openConsole, rawGet, removeHome, type TestConsole } from "../console/test-console";

let home: string;
let tuneboard: TestConsole;

beforeAll(async () => {
  home = await makeHome();
  tuneboard = await openConsole(home);
});

afterAll(async () => {
  await tuneboard.close();
  await removeHome(home);
});

const FOREIGN: [string, Record<string, string>][] = [
  ["a DNS name rebound to loopback", { Host: "evil.example" }],
  ["a name that only begins like ours", { Host: "localhost.evil.example" }],
  ["a page of another origin", { Origin: "https://evil.example" }],
  ["another port of this machine", { Origin: "http://127.0.0.1:1" }],
  ["a sandboxed page", { Origin: "null" }],
  ["a request that another site made", { "Sec-Fetch-Site": "cross-site" }],
  ["a request that a sibling site made", { "Sec-Fetch-Site": "same-site" }],
];

describe("the console", () => {
  it.each(FOREIGN)("answers %s with 403", async (_name, headers) => {
    const reply = await rawGet(`${tuneboard.url}/api/health`, headers);
    expect(reply.status).toBe(403);
    expect(JSON.parse(reply.body)).toMatchObject({ error: { code: "forbidden" } });
    expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
  });

  it.each(FOREIGN)("refuses %s at the socket's handshake", async (_name, headers) => {
    const polling = await rawGet(`${tuneboard.url}/socket.io/?EIO=4&transport=polling`, headers);
    expect(polling.status).toBe(403);
    const error = await new Promise<Error | null>((resolve) => {
      const socket = io(tuneboard.url, {
        transports: ["websocket"],
        extraHeaders: headers,
        reconnection: false,
        forceNew: true,
      });
      socket.once("connect", () => resolve(null));
      socket.once("connect_error", resolve);
    });
    expect(error).not.toBeNull();
  });

  it("answers its own pages, tools and a forwarded port", async () => {
    const { host } = new URL(tuneboard.url);
    const headers: Record<string, string>[] = [
      {},
      { Origin: tuneboard.url, "Sec-Fetch-Site": "same-origin" },
      { "Sec-Fetch-Site": "none" },
      { Host: "localhost:9000", Origin: "http://localhost:9000" },
      { Host: host.toUpperCase() },
    ];
    for (const set of headers) expect((await rawGet(`${tuneboard.url}/api/health`, set)).status).toBe(200);
  });

  it("gives no way to be framed, sniffed or embedded", async () => {
    const { headers } = await rawGet(`${tuneboard.url}/api/health`, {});
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
    });
  });

  it("takes JSON only, of a bounded size, in the form that was agreed", async () => {
    const post = (body: string, type = "application/json") =>
      fetch(`${tuneboard.url}/api/runs`, { method: "POST", body, headers: { "Content-Type": type } }).then(
        (reply) => reply.status,
        () => 0,
      );
    expect(await post("{}", "text/plain")).toBe(400);
    expect(await post("{")).toBe(400);
    expect(await post('{"config": 3}')).toBe(400);
    expect([400, 0]).toContain(await post(JSON.stringify({ config: { x: "y".repeat(5_000_000) } })));
  });

  it("has ids, not paths, in its addresses", async () => {
    for (const address of [
      "/api/runs/..%2F..%2Fetc",
      "/api/runs/%2Fetc%2Fpasswd/log",
      "/api/datasets/..%2Fsecret/rows",
      "/api/runs/%E0%A4%A",
    ]) {
      expect([400, 404]).toContain((await rawGet(tuneboard.url + address, {})).status);
    }
  });

  it("names the methods that an address takes", async () => {
    const reply = await fetch(`${tuneboard.url}/api/health`, { method: "DELETE" });
    expect(reply.status).toBe(405);
    expect(reply.headers.get("allow")).toBe("GET");
  });
});

describe("the guard", () => {
  it("wants a Host that is this machine", () => {
    const of = (headers: Record<string, string>) => refusal({ headers });
    expect(of({})).toMatch(/without Host/);
    expect(of({ host: "[::1]:7860" })).toBeNull();
    expect(of({ host: "127.0.0.1:7860", origin: "http://127.0.0.1:7860" })).toBeNull();
    expect(of({ host: "127.0.0.1:7860", origin: "http://localhost:7860" })).toMatch(/refused/);
    expect(of({ host: "127.0.0.1@evil.example" })).not.toBeNull();
  });
});
