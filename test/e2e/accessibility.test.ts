/**
 * Every page, light and dark, is judged by axe: what a screen reader is told, what the keyboard reaches, whether text
 * stands out enough. Names and the order of the pages are not its matter.
 */
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, launchBrowser, openPage, type RunningConsole, startConsole, until } from "./console";

const SHORT_RUN = {
  model_name_or_path: "models/starter",
  stage: "sft",
  do_train: true,
  finetuning_type: "lora",
  template: "chatml",
  dataset: "identity",
  max_steps: 6,
  per_device_train_batch_size: 2,
  logging_steps: 1,
  save_steps: 3,
  cutoff_len: 64,
};

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

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

/** What axe has against the page, in its light and then in its dark dress: one line per rule and place. */
async function violations(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  // Evaluated by the browser's debugger, which the page's strict content policy does not bind.
  await page.evaluate(axe.source);
  const light = await judge(page, { type: "tag", values: TAGS });
  await page.emulateMedia({ colorScheme: "dark" });
  // Dark differs in colours only.
  return [...light, ...(await judge(page, { type: "rule", values: ["color-contrast"] }))];
}

function judge(page: Page, runOnly: axe.RunOnly): Promise<string[]> {
  return page.evaluate(async (chosen) => {
    const inPage = (globalThis as unknown as { axe: typeof axe }).axe;
    const found = await inPage.run(document, { runOnly: chosen, resultTypes: ["violations"] });
    return found.violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id} (${help}): ${node.target.join(" ")} ${node.html.slice(0, 200)}`),
    );
  }, runOnly);
}

/** Opens an address and waits until what it asks the server for is there. */
async function visit(page: Page, address: string): Promise<void> {
  await page.goto(server.url + address);
  await page.locator("main h1").first().waitFor();
  await page.waitForLoadState("networkidle");
}

describe("axe finds nothing", () => {
  it("on the first visit", async () => {
    const { page, trouble } = await openPage(browser, { reducedMotion: "reduce" });
    await visit(page, "/train");
    expect(await violations(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it("on any page once a run has finished", async () => {
    const { id } = await api<{ id: string }>(server.url, "/api/runs", {
      method: "POST",
      body: JSON.stringify({ config: SHORT_RUN, name: "seen", engine: "embedded" }),
    });
    await until("the run has finished", 60_000, async () =>
      (await api<{ status: string }>(server.url, `/api/runs/${id}`)).status === "finished" ? true : undefined,
    );
    const pages = [
      "/runs",
      `/runs/${id}`,
      "/chat",
      "/datasets",
      "/models",
      "/evaluate",
      "/export",
      "/settings",
    ];
    const { page, trouble } = await openPage(browser, { reducedMotion: "reduce" });
    await visit(page, "/train");
    for (const mode of ["Simple", "Everything"]) {
      await page.getByRole("radio", { name: mode }).click();
      expect.soft(await violations(page), `the form, ${mode}`).toEqual([]);
    }
    for (const address of pages) {
      await visit(page, address);
      expect.soft(await violations(page), address).toEqual([]);
    }
    expect(trouble).toEqual([]);
    await page.close();
  });
});
