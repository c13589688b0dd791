/**
 * A first run with LLaMA-Factory's demo data, where a copy of it lies beside the project: its identity set
 * with names filled in, and alpaca_en_demo, chosen in the page. Where there is none, the test says so and checks only
 * that the page does not offer what is not there.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, launchBrowser, openPage, type RunningConsole, startConsole, until } from "./console";

const DEMO = path.resolve(import.meta.dirname, "../../../shared/data");
const found = existsSync(path.join(DEMO, "alpaca_en_demo.json"));
const NAME = "Quill";

let server: RunningConsole;
let browser: Browser;

beforeAll(async () => {
  const home = mkdtempSync(path.join(tmpdir(), "tuneboard-demo-"));
  const data = path.join(home, "data");
  mkdirSync(data);
  if (found) {
    const rows = readFileSync(path.join(DEMO, "identity.json"), "utf8");
    writeFileSync(
      path.join(data, "identity.json"),
      rows.replaceAll("{{name}}", NAME).replaceAll("{{author}}", "Northwind"),
    );
    cpSync(path.join(DEMO, "alpaca_en_demo.json"), path.join(data, "alpaca_en_demo.json"));
    writeFileSync(
      path.join(data, "dataset_info.json"),
      JSON.stringify({
        identity: { file_name: "identity.json" },
        alpaca_en_demo: { file_name: "alpaca_en_demo.json" },
      }),
    );
  } else writeFileSync(path.join(data, "dataset_info.json"), "{}");
  server = await startConsole(home);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe("LLaMA-Factory's demo data", () => {
  it(
    found
      ? "trains the starter on both sets, chosen in the page, and asks before and after"
      : "is not beside this project",
    async () => {
      const { items } = await api<{ items: { name: string }[] }>(server.url, "/api/datasets");
      if (!found) return expect(items.map((item) => item.name)).not.toContain("alpaca_en_demo");
      const { page, trouble } = await openPage(browser);
      await page.goto(`${server.url}/train`);
      await page.getByRole("button", { name: "Add dataset" }).click();
      await page.getByRole("option", { name: /alpaca_en_demo/ }).click();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Change", exact: true }).first().click();
      // Texts like these are new to a model of this size: a higher rate, smaller steps, and few rows, cut early.
      const numbers = {
        "Learning rate": "3e-3",
        Epochs: "8",
        "Batch size": "2",
        "Max samples": "24",
        "Cutoff length": "96",
      };
      for (const [label, value] of Object.entries(numbers))
        await page
          .getByRole("textbox", { name: new RegExp(`^${label}`) })
          .first()
          .fill(value);
      await page
        .getByText(/48 rows × /)
        .first()
        .waitFor();
      await page.getByRole("button", { name: /^Start/ }).click();
      await page.waitForURL(/\/runs\/[^/]+$/);
      const id = page.url().split("/").at(-1)!;
      const ended = await until("the run has ended", 270_000, async () => {
        const run = await api<{ status: string; error: string | null; datasets: string[] }>(
          server.url,
          `/api/runs/${id}`,
        );
        return ["running", "queued", "stopping"].includes(run.status) ? undefined : run;
      });
      expect(ended).toMatchObject({
        status: "finished",
        error: null,
        datasets: ["identity", "alpaca_en_demo"],
      });
      const { items: points } = await api<{ items: { loss?: number }[] }>(
        server.url,
        `/api/runs/${id}/metrics`,
      );
      const losses = points.flatMap(({ loss }) => loss ?? []);
      expect(mean(losses.slice(-8))).toBeLessThan(mean(losses.slice(0, 8)));
      expect(await answer("base:starter")).toContain("Pip");
      const tuned = await answer(`run:${id}`);
      expect(tuned).toContain(NAME);
      expect(tuned).not.toContain("Pip");
      expect(trouble).toEqual([]);
      await page.close();
    },
  );
});

/** What a target says to "Who are you?", greedily, over the console's API. */
async function answer(target: string): Promise<string> {
  await api(server.url, "/api/chat/load", { method: "POST", body: JSON.stringify({ targets: [target] }) });
  return until(`${target} answers`, 60_000, async () => {
    const response = await fetch(`${server.url}/api/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ target, messages: [{ role: "user", content: "Who are you?" }], max_tokens: 64 }),
    });
    if (!response.ok) return undefined;
    const text = await response.text();
    return [...text.matchAll(/^data: (\{.*\})$/gm)]
      .map(
        (match) =>
          (JSON.parse(match[1]!) as { choices?: { delta?: { content?: string } }[] }).choices?.[0]?.delta
            ?.content ?? "",
      )
      .join("");
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
