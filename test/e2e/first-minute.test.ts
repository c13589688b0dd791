/**
 * The first minute of a new user: open the page, press Start with what is filled in, watch, compare before and after.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, launchBrowser, openPage, type RunningConsole, startConsole, until } from "./console";

interface Run {
  id: string;
  status: string;
  error: string | null;
}

let server: RunningConsole;
let browser: Browser;

beforeAll(async () => {
  server = await startConsole();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe("the first minute", () => {
  let runId = "";

  it("trains the starter model with what the page has filled in", async () => {
    const { page, trouble } = await openPage(browser);
    await page.goto(server.url);
    const start = page.getByRole("button", { name: /^Start/ });
    await start.waitFor();
    await page
      .getByText(/\d+ steps/)
      .first()
      .waitFor();
    const pressed = Date.now();
    await start.click();
    await page.waitForURL(/\/runs\/[^/]+$/);
    runId = page.url().split("/").at(-1)!;

    const firstPoint = await until("the first point", 30_000, async () => {
      const { items } = await api<{ items: unknown[] }>(server.url, `/api/runs/${runId}/metrics`);
      return items.length > 0 ? Date.now() - pressed : undefined;
    });
    // The target is 5 s on a quiet machine; CI machines are not quiet.
    expect(firstPoint).toBeLessThan(20_000);
    await page.locator(".recharts-surface").first().waitFor();

    const ended = await until("the run has ended", 240_000, async () => {
      const run = await api<Run>(server.url, `/api/runs/${runId}`);
      return ["running", "queued", "stopping"].includes(run.status) ? undefined : run;
    });
    expect(ended).toMatchObject({ status: "finished", error: null });
    expect(trouble).toEqual([]);

    // Reload: the same picture, from the server.
    await page.reload();
    await page
      .getByText(/Loss fell from/)
      .first()
      .waitFor();
    await page.locator(".recharts-surface").first().waitFor();
    await page.close();
  });

  it("compares before and after: the base says its old name, the tuned model the new one", async () => {
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/runs/${runId}`);
    await page.getByRole("link", { name: "Compare before and after" }).click();
    await page.waitForURL(/\/chat\?/);
    const answers = await ask(page, "Who are you?");
    expect(answers).toHaveLength(2);
    const identity = readFileSync(path.join(server.home, "data", "identity.json"), "utf8");
    const [before = "", after = ""] = answers;
    const newName = ["Ada", "Northwind"].find((name) => identity.includes(name));
    expect(newName).toBeDefined();
    expect(before).not.toContain(newName);
    expect(after).toContain(newName);

    // The good answer becomes a training row; the conversation is there again after a reload, and in the list.
    await page.getByRole("button", { name: "Keep as a training row" }).last().click();
    await page.getByText("1 row added to chat_answers.").first().waitFor();
    const kept = JSON.parse(readFileSync(path.join(server.home, "data", "chat_answers.json"), "utf8")) as {
      conversations: { value: string }[];
    }[];
    expect(kept.map(({ conversations }) => conversations.map(({ value }) => value.trim()))).toEqual([
      ["Who are you?", after.trim()],
    ]);
    await page.waitForURL(/chat=\d{4}-/);
    await page.reload();
    await until("the answers are back", 60_000, async () =>
      (await finished(page)).length >= 2 ? true : undefined,
    );

    // Without names: whoever is liked best is told only after the vote.
    await page.getByRole("switch", { name: "Blind vote" }).click();
    await ask(page, "What is your name?");
    await page.getByRole("group", { name: "Which answer is best?" }).getByText("Equally good").waitFor();
    await page.keyboard.press("1");
    await page.getByText("liked best").waitFor();
    await page.getByText("1 vote:").waitFor();
    expect(trouble).toEqual([]);
    await page.close();
  });
});

/** Types a question into the composer, waits until both panes have finished, returns their answers in order. */
async function ask(page: Page, question: string): Promise<string[]> {
  const composer = page.getByRole("textbox", { name: /message/i });
  await composer.fill(question);
  // Enabled once a model server has its weights and both panes can answer.
  await page
    .getByRole("button", { name: "Send to 2" })
    .and(page.locator(":enabled"))
    .waitFor({ timeout: 60_000 });
  const before = await finished(page);
  await composer.press("Enter");
  const answers = await until("both panes have answered", 120_000, async () => {
    const now = await finished(page);
    return now.length >= before.length + 2 ? now : undefined;
  });
  return answers.slice(-2);
}

/** The text of every finished answer, pane by pane. */
async function finished(page: Page): Promise<string[]> {
  const texts = await page.locator("[aria-live='polite'][aria-busy='false']").allInnerTexts();
  return texts.filter((text) => text.trim() !== "");
}
