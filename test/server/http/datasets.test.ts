/** Datasets over HTTP: a file in pieces, what it becomes, the way back, and limits that are settings. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Addition, Incoming, Removal, Upload } from "@/server/contract/datasets";
import { makeHome, openConsole, removeHome, type TestConsole } from "../console/test-console";

let home: string;
let server: TestConsole;
beforeEach(async () => {
  home = await makeHome();
  server = await openConsole(home);
});
afterEach(async () => {
  await server.close();
  await removeHome(home);
});

const put = (address: string, bytes: string) =>
  fetch(server.url + address, {
    method: "PUT",
    body: bytes,
    headers: { "Content-Type": "application/octet-stream" },
  });

describe("a file", () => {
  it("comes in by pieces, is looked at, added, listed, removed and brought back", async () => {
    const text = "question,answer\nWho?,Me\n";
    const begun = await server.api<Upload>("/api/data/uploads", {
      method: "POST",
      body: { name: "faq.csv", size: text.length, modified: 5 },
    });
    const { id } = begun.body;
    expect((await put(`/api/data/uploads/${id}?offset=0`, text.slice(0, 10))).status).toBe(200);
    expect((await put(`/api/data/uploads/${id}?offset=4`, text)).status).toBe(409);
    expect((await server.api<Upload>(`/api/data/uploads/${id}`)).body.received).toBe(10);
    expect(await (await put(`/api/data/uploads/${id}?offset=10`, text.slice(10))).json()).toMatchObject({
      received: text.length,
    });
    const look = await server.api<Incoming>("/api/data/incoming", { method: "POST", body: { upload: id } });
    expect(look.body).toMatchObject({ name: "faq.csv", guess: { preset: "qa" }, suggested_name: "faq" });
    const add = { name: "faq", ...look.body.guess };
    expect(
      (await server.api(`/api/data/incoming/${look.body.id}/add`, { method: "POST", body: add })).status,
    ).toBe(202);
    await expect
      .poll(async () => (await server.api<Addition>(`/api/data/incoming/${look.body.id}/add`)).body.state)
      .toBe("done");
    expect((await server.api("/api/datasets/faq")).body).toMatchObject({
      rows: 1,
      editable: true,
      columns: ["instruction", "input", "output"],
    });
    const removed = await server.api<Removal>("/api/datasets/faq?files=1", { method: "DELETE" });
    expect(removed.body.removed).toEqual([{ name: "faq.jsonl", bytes: 48 }]);
    expect((await server.api("/api/datasets/faq")).status).toBe(404);
    await server.api(`/api/data/undo/${removed.body.undo}`, { method: "POST" });
    expect((await server.api("/api/datasets/faq/rows")).body).toMatchObject({ total: 1 });
  });

  it("is held to the limits in the settings, one of which can be changed alone", async () => {
    const { body } = await server.api<{ disk_floor_bytes: number }>("/api/settings", {
      method: "PUT",
      body: { upload_limit_bytes: 5 },
    });
    expect(body).toMatchObject({ upload_limit_bytes: 5, disk_floor_bytes: 2e9, llamafactory_cli: null });
    const refused = await server.api<{ error: { message: string } }>("/api/data/uploads", {
      method: "POST",
      body: { name: "a.csv", size: 6, modified: 1 },
    });
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toMatch(/more than the limit/);
  });

  it("is refused where a request is not what it should be", async () => {
    const post = (address: string, body: unknown) => server.api(address, { method: "POST", body });
    expect((await post("/api/data/incoming", { path: "nowhere.json" })).status).toBe(404);
    expect((await post("/api/data/identity", { name: "", author: "x", languages: ["en"] })).status).toBe(400);
    expect(
      (await post("/api/data/identity", { name: "x", author: "x", languages: ["en"], dataset: "../x" }))
        .status,
    ).toBe(400);
    expect((await server.api("/api/data/registry", { method: "PUT", body: { text: "[]" } })).status).toBe(
      422,
    );
    expect(await readFile(path.join(home, "data", "dataset_info.json"), "utf8")).toContain("greetings");
  });
});
