/** Files on their way to the console: piece by piece, again where a piece fails, on from where it stopped. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { PIECE_BYTES, sendFile } from "@/components/datasets/send-file";

afterEach(() => vi.unstubAllGlobals());

/** A console that has `there` bytes and answers each PUT by the next of `outcomes`: bytes taken, or a failure. */
function consoleWith(size: number, there: number, outcomes: (number | "broken" | "refused")[]) {
  let received = there;
  const puts: number[] = [];
  const reply = (status: number, body: unknown) =>
    Promise.resolve(new Response(JSON.stringify(body), { status }));
  const upload = () => reply(200, { id: "x", name: "a.csv", size, received });
  vi.stubGlobal("fetch", (address: string, { method }: RequestInit) => {
    if (method !== "PUT") return upload();
    puts.push(Number(new URL(address, "http://c").searchParams.get("offset")));
    const outcome = outcomes.shift() ?? size - received;
    if (outcome === "refused")
      return reply(507, { error: { code: "disk_full", message: "The disk is full." } });
    if (outcome === "broken") {
      received += 2;
      return Promise.reject(new TypeError("network"));
    }
    received += outcome;
    return upload();
  });
  return puts;
}

const fileOf = (size: number) => new File([new Uint8Array(size)], "a.csv", { lastModified: 1 });
const send = (file: File, onProgress: (received: number) => void = () => undefined) =>
  sendFile(file, { onProgress, signal: new AbortController().signal, waitMs: () => 0 });

describe("sendFile", () => {
  it("sends pieces in order and says how far it is", async () => {
    const size = 2 * PIECE_BYTES + 5;
    const puts = consoleWith(size, 0, [PIECE_BYTES, PIECE_BYTES, 5]);
    const progress: number[] = [];
    expect(await send(fileOf(size), (received) => progress.push(received))).toBe("x");
    expect(puts).toEqual([0, PIECE_BYTES, 2 * PIECE_BYTES]);
    expect(progress).toEqual([0, PIECE_BYTES, 2 * PIECE_BYTES, size]);
  });

  it("goes on where an earlier upload stopped", async () => {
    const puts = consoleWith(10, 4, []);
    await send(fileOf(10));
    expect(puts).toEqual([4]);
  });

  it("asks how much has arrived after a broken connection, and goes on there", async () => {
    const puts = consoleWith(10, 0, ["broken", 8]);
    await send(fileOf(10));
    expect(puts).toEqual([0, 2]);
  });

  it("gives up at once where the console refuses, and after a while where it stays silent", async () => {
    consoleWith(10, 0, ["refused"]);
    await expect(send(fileOf(10))).rejects.toThrow("The disk is full.");
    const puts = consoleWith(
      100,
      0,
      Array.from({ length: 9 }, () => "broken" as const),
    );
    await expect(send(fileOf(100))).rejects.toThrow(/does not answer/);
    expect(puts.length).toBe(7);
  });
});
