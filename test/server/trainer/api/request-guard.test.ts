import { describe, expect, it } from "vitest";
import { isLoopbackAddress, refusal } from "@/server/trainer/api/request-guard";

const open = { apiKey: null, loopbackOnly: true };
const check = (headers: Record<string, string>, options = open as Parameters<typeof refusal>[1]) =>
  refusal({ headers: { host: "127.0.0.1:8000", ...headers } }, options)?.status ?? null;

describe("request guard", () => {
  it.each(["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "LOCALHOST"])("lets %s in", (host) => {
    expect(check({ host })).toBeNull();
  });

  it.each(["evil.example:8000", "127.0.0.1.evil.example", ""])("refuses the rebound name %s", (host) => {
    expect(check({ host })).toBe(403);
  });

  it("asks for no particular name where it listens to other machines", () => {
    expect(check({ host: "my-box.lan:8000" }, { apiKey: null, loopbackOnly: false })).toBeNull();
  });

  it("refuses foreign web pages and lets local ones in", () => {
    expect(check({ origin: "http://evil.example" })).toBe(403);
    expect(check({ origin: "null" })).toBe(403);
    expect(check({ "sec-fetch-site": "cross-site" })).toBe(403);
    expect(check({ origin: "http://localhost:3000", "sec-fetch-site": "same-site" })).toBeNull();
  });

  it("asks for the key where there is one", () => {
    const keyed = { apiKey: "sesame", loopbackOnly: true };
    expect(check({}, keyed)).toBe(401);
    expect(check({ authorization: "Bearer sesam" }, keyed)).toBe(401);
    expect(check({ authorization: "Bearer sesame" }, keyed)).toBeNull();
  });

  it("knows loopback addresses", () => {
    expect(["127.0.0.1", "::1", "::ffff:127.0.0.1", "localhost"].every(isLoopbackAddress)).toBe(true);
    expect([undefined, "10.0.0.1", "::ffff:10.0.0.1", "0.0.0.0"].some(isLoopbackAddress)).toBe(false);
  });
});
