/**
 * The Models page's main job in a real browser, with a hub of our own on loopback: an id is looked up, its size shown,
 * downloaded, listed as a model, and taken to the train page, whose memory forecast and advice answer for it.
 */
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalHub, type LocalHub } from "../server/hub/local-hub";
import { api, launchBrowser, openPage, type RunningConsole, startConsole } from "./console";

const shipped = path.resolve(import.meta.dirname, "../../server/starter/model");
const read = (name: string) => readFileSync(path.join(shipped, name));

let hub: LocalHub;
let server: RunningConsole;
let browser: Browser;

beforeAll(async () => {
  hub = await startLocalHub();
  hub.models.set("org/small", {
    license: "apache-2.0",
    files: {
      "config.json": read("config.json"),
      "tokenizer.json": read("tokenizer.json"),
      "tokenizer_config.json": read("tokenizer_config.json"),
      "chat_template.jinja": read("chat_template.jinja"),
      "README.md": "---\nlicense: apache-2.0\n---\n# Small\n",
      "model.safetensors": { content: read("model.safetensors"), lfs: true },
      "pytorch_model.bin": Buffer.alloc(1000),
    },
  });
  server = await startConsole(mkdtempSync(path.join(tmpdir(), "tuneboard-e2e-")));
  await api(server.url, "/api/hub", { method: "PUT", body: JSON.stringify({ hf_endpoint: hub.url }) });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await hub?.close();
});

describe("the Models page", () => {
  it("downloads a model from a hub and takes it to the train page", async () => {
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/models`);
    await find(page, "org/small");
    const dialog = page.getByRole("dialog", { name: "org/small" });
    await dialog.getByText("apache-2.0").waitFor();
    await dialog.getByText(/1 pickled file is left out/).waitFor();
    await dialog.getByRole("button", { name: /^Download \d/ }).click();

    const download = page.getByRole("article", { name: "org/small" });
    await download.getByText(/every file checked/).waitFor({ timeout: 20_000 });
    const row = page.getByRole("row", { name: /org\/small/ });
    await row.getByText("Ready").waitFor();
    await row.getByRole("button", { name: "org/small" }).click();
    const panel = page.getByRole("complementary", { name: "The chosen model" });
    await panel.getByText("apache-2.0").waitFor();
    await panel.getByText("fits with room").first().waitFor();
    await panel.getByRole("link", { name: "Train this" }).click();

    await page.waitForURL(/\/train/);
    await page.getByRole("combobox", { name: "Model", exact: true }).getByText("org/small").waitFor();
    await page.getByText("What the memory is for").first().waitFor();
    await page.getByRole("region", { name: "Which method" }).getByText(/LoRA/).first().waitFor();
    expect(trouble).toEqual([]);
    await page.close();
  });

  it("says what a hub refuses, and deletes a model with the list of its files", async () => {
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/models`);
    await find(page, "org/nowhere");
    await page
      .getByRole("dialog")
      .getByText(/has no model org\/nowhere/)
      .waitFor();
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "org/small", exact: true }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: /Delete org\/small/ });
    await dialog.getByText("model.safetensors").waitFor();
    await dialog.getByRole("button", { name: /^Delete \d/ }).click();
    await page.getByRole("row", { name: /org\/small/ }).waitFor({ state: "detached" });
    const { items } = await api<{ items: { name: string }[] }>(server.url, "/api/models");
    expect(items.map(({ name }) => name)).toEqual(["starter"]);
    // The browser itself logs the 404 that the dialog puts into words.
    expect(trouble.filter((line) => !/404/.test(line))).toEqual([]);
    await page.close();
  });
});

async function find(page: Page, id: string): Promise<void> {
  await page.getByRole("search").getByLabel("Find a model or dataset on a hub").first().fill(id);
  await page.getByRole("button", { name: "Look", exact: true }).click();
}
