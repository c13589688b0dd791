import { createServer, get, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packReply } from "@/server/http/pack-reply";
import { sendJson } from "@/server/http/router";

const row = { name: "identity", rows: 91 };
const replies: Record<string, unknown> = {
  "/small": row,
  "/list": { items: Array.from({ length: 100 }, () => row) },
  "/huge": { items: Array.from({ length: 20_000 }, () => row) },
};
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    packReply(request, response);
    if (request.url !== "/events") return sendJson(response, 200, replies[request.url!]);
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.end("data: x\n\n".repeat(500));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => server.close());

const address = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

function headersOf(path: string): Promise<IncomingHttpHeaders> {
  return new Promise((resolve, reject) => {
    get(address(path), { headers: { "Accept-Encoding": "gzip, br" } }, (response) => {
      response.resume();
      resolve(response.headers);
    }).on("error", reject);
  });
}

describe("packed replies", () => {
  it("are brotli where there is something to gain", async () => {
    expect(await headersOf("/list")).toMatchObject({ "content-encoding": "br", vary: "Accept-Encoding" });
    expect(await (await fetch(address("/list"))).json()).toEqual(replies["/list"]);
  });

  it.each(["/small", "/huge", "/events"])("leave %s as it is", async (path) => {
    expect(await headersOf(path)).not.toHaveProperty("content-encoding");
  });
});
