/** Servers elsewhere: what is sent to them, what is never sent, and where nothing is sent at all. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Endpoints, ENDPOINTS_FILE } from "@/server/chat/endpoints";
import { guardedRequest, isForbiddenAddress } from "@/server/chat/guarded-request";
import { chatRequestSchema } from "@/server/contract/chat";
import { baseUrlSchema } from "@/server/contract/endpoints";

type Reply = (request: IncomingMessage, response: ServerResponse, body: string) => void;

let home: string;
let endpoints: Endpoints;
let server: Server;
let base: string;
let reply: Reply;
let seen: { url: string; headers: IncomingMessage["headers"]; body: string }[];

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), "tuneboard-endpoints-"));
  endpoints = new Endpoints(home);
  seen = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      seen.push({ url: request.url!, headers: request.headers, body });
      reply(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(home, { recursive: true, force: true });
});

const events: Reply = (_request, response) =>
  void response
    .writeHead(200, { "Content-Type": "text/event-stream" })
    .end('data: {"choices":[{"delta":{"content":"hi"}}]}\n\ndata: [DONE]\n\n');
const ask = (target: string) =>
  endpoints.complete(
    chatRequestSchema.parse({ target, messages: [{ role: "user", content: "hello" }], top_k: 5 }),
    new AbortController().signal,
  );

describe("an endpoint", () => {
  it("is asked in OpenAI's own fields alone, with its key, and streams", async () => {
    reply = events;
    endpoints.save("local llama", { base_url: base, model: "m", api_key: "sk-secret" });
    expect(endpoints.targets()).toMatchObject([{ id: "url:local llama", kind: "endpoint", engine: null }]);
    const text = await new Response(await ask("url:local llama")).text();
    expect(text).toContain('"content":"hi"');
    expect(seen[0]).toMatchObject({
      url: "/v1/chat/completions",
      headers: { authorization: "Bearer sk-secret" },
    });
    const body = JSON.parse(seen[0]!.body) as Record<string, unknown>;
    expect(body).toMatchObject({ model: "m", stream: true, temperature: 0, seed: 42 });
    for (const key of ["top_k", "repetition_penalty", "enable_thinking", "target", "engine", "tools"])
      expect(body).not.toHaveProperty(key);
  });

  it("keeps its key in a file of its owner's, never tells it, and never takes it to another address", () => {
    endpoints.save("a", { base_url: base, model: "m", api_key: "sk-secret" });
    expect(statSync(path.join(home, ENDPOINTS_FILE)).mode & 0o777).toBe(0o600);
    expect(JSON.stringify([endpoints.list(), endpoints.targets()])).not.toContain("sk-secret");
    endpoints.save("a", { base_url: base, model: "other" });
    expect(endpoints.list()).toEqual([{ name: "a", base_url: base, model: "other", has_key: true }]);
    endpoints.save("a", { base_url: "http://127.0.0.1:1/v1", model: "other" });
    expect(endpoints.list()[0]!.has_key).toBe(false);
    endpoints.remove("a");
    expect(() => readFileSync(path.join(home, ENDPOINTS_FILE))).toThrow(/ENOENT/);
  });

  it("tells which models it has, with the key that is kept or typed", async () => {
    reply = (_request, response) =>
      void response
        .writeHead(200, { "Content-Type": "application/json" })
        .end('{"data":[{"id":"a"},{"id":"b"}]}');
    expect(await endpoints.models({ base_url: base, api_key: "sk-typed" })).toEqual(["a", "b"]);
    expect(seen[0]!.headers.authorization).toBe("Bearer sk-typed");
  });

  it("is not followed to where it redirects", async () => {
    endpoints.save("a", { base_url: base, model: "m" });
    reply = (_request, response) =>
      void response.writeHead(307, { Location: "http://169.254.169.254/" }).end();
    await expect(ask("url:a")).rejects.toThrow(
      /leads on to http:\/\/169\.254\.169\.254\/, which is not followed/,
    );
    expect(seen).toHaveLength(1);
  });

  it("tells its own words about a failure, and nothing of what else it sends", async () => {
    endpoints.save("a", { base_url: base, model: "m" });
    reply = (_request, response) => void response.writeHead(401).end('{"error":{"message":"no such key"}}');
    await expect(ask("url:a")).rejects.toThrow(/answered 401: no such key\./);
    reply = (_request, response) => void response.writeHead(200).end("root:x:0:0");
    const failure = await ask("url:a").catch((error: unknown) => String(error));
    expect(failure).toMatch(/answered 200, but no stream of an answer/);
    expect(failure).not.toContain("root");
    await expect(ask("url:gone")).rejects.toThrow(/no server kept/);
  });

  it("is stopped together with its answer", async () => {
    endpoints.save("a", { base_url: base, model: "m" });
    let closed = false;
    reply = (_request, response) => {
      response.on("close", () => (closed = true));
      response.writeHead(200, { "Content-Type": "text/event-stream" }).write("data: {}\n\n");
    };
    const stream = await ask("url:a");
    await stream.cancel();
    await expect.poll(() => closed).toBe(true);
  });
});

describe("an address", () => {
  it("is http or https, and holds no secret and no question", () => {
    expect(baseUrlSchema.parse(" http://127.0.0.1:8000/v1/ ")).toBe("http://127.0.0.1:8000/v1");
    for (const bad of [
      "file:///etc/passwd",
      "http://me:pw@host/v1",
      "http://host/v1?x=1",
      "host:80",
      "http://h/#a",
    ])
      expect(baseUrlSchema.safeParse(bad).success).toBe(false);
  });

  it("at which a machine's own services answer is refused, also behind a name or in IPv6's words", async () => {
    for (const address of [
      "169.254.169.254",
      "0.0.0.0",
      "224.0.0.1",
      "::",
      "fe80::1",
      "::ffff:169.254.169.254",
      "x",
    ])
      expect([address, isForbiddenAddress(address)]).toEqual([address, true]);
    for (const address of ["127.0.0.1", "::1", "192.168.1.5", "10.0.0.1", "8.8.8.8"])
      expect([address, isForbiddenAddress(address)]).toEqual([address, false]);
    const request = { key: null, signal: new AbortController().signal };
    for (const host of ["169.254.169.254", "[fe80::1]", "0x", "2852039166"])
      await expect(guardedRequest({ url: `http://${host}/`, ...request })).rejects.toThrow(
        /Tuneboard sends nothing|does not answer/,
      );
  });
});
