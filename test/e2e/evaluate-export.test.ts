/**
 * Evaluate and Export in a real browser: the starter is measured twice on the data that ships, rows come worst first and
 * lie beside each other, and an exported folder answers as its source, can be chosen for training, and goes to a hub.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLocalHub } from "../server/hub/local-hub";
import { api, launchBrowser, openPage, type RunningConsole, startConsole, until } from "./console";

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

async function pickStarter(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Model", exact: true }).click();
  await page
    .getByRole("option", { name: /starter/ })
    .first()
    .click();
}

describe("the Evaluate page", () => {
  it("measures answers and loss on chosen rows and shows the rows, worst first", async () => {
    const { page, trouble } = await openPage(browser);
    const numbers = page.getByRole("table", { name: "Measured numbers" });
    await page.goto(`${server.url}/evaluate`);
    await page.getByText("Nothing has been measured yet").waitFor();
    await pickStarter(page);
    await page.getByRole("button", { name: "Choose datasets" }).click();
    await page.getByRole("option", { name: /^identity/ }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More settings" }).click();
    await page.getByLabel("Max samples").fill("8");
    await page.getByLabel("Maximum new tokens").fill("24");
    await page.getByRole("button", { name: "Evaluate", exact: true }).click();
    await page.getByText("8 rows").waitFor({ timeout: 90_000 });
    const answers = page.getByRole("region", { name: "Rows" }).getByRole("listitem");
    expect(await answers.count()).toBe(8);
    // The starter calls itself Pip where the labels say Ada.
    expect(await answers.locator("mark").count()).toBeGreaterThan(0);
    const id = new URL(page.url()).searchParams.get("id")!;
    const { results } = await api<{ results: Record<string, number> }>(server.url, `/api/runs/${id}/results`);
    expect(results["predict_rouge-l"]).toBeGreaterThan(0);
    await numbers.getByRole("row", { name: /ROUGE-L/ }).waitFor();

    await page.getByRole("button", { name: "New evaluation" }).click();
    await pickStarter(page);
    await page.getByRole("button", { name: "Choose datasets" }).click();
    await page.getByRole("option", { name: /^identity/ }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("radio", { name: "Loss and accuracy" }).click();
    await page.getByRole("button", { name: "Evaluate", exact: true }).click();
    await numbers.getByRole("row", { name: /Perplexity/ }).waitFor({ timeout: 90_000 });
    await page
      .getByRole("checkbox", { name: /^Compare eval_/ })
      .last()
      .click();
    await expect.poll(() => new URL(page.url()).searchParams.get("id")?.split(",").length).toBe(2);
    await numbers.getByRole("row", { name: /ROUGE-L/ }).waitFor();
    expect(trouble).toEqual([]);
    await page.close();
  });
});

describe("the Export page", () => {
  it("writes a model folder that answers as before and is offered for training", async () => {
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/export`);
    await page.getByText("Nothing has been exported yet").waitFor();
    await pickStarter(page);
    await page.getByRole("textbox", { name: "Name" }).fill("pip-again");
    await page.getByRole("combobox", { name: "GGUF" }).click();
    await page.getByRole("option", { name: "q8_0" }).click();
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.getByText("all 3 answers are the same").waitFor({ timeout: 90_000 });
    await page.getByText("model-q8_0.gguf").waitFor();
    const offered = await until("the exported model is listed", 15_000, async () => {
      const { items } = await api<{ items: { name: string; supported: boolean }[] }>(
        server.url,
        "/api/models",
      );
      return items.find(({ name }) => name === "pip-again");
    });
    expect(offered.supported).toBe(true);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it("pushes the folder to a hub once it has shown what goes where, and not before", async () => {
    const hub = await startLocalHub();
    hub.writes.accounts.set("hf_adaadaada", { name: "ada" });
    await api(server.url, "/api/hub", {
      method: "PUT",
      body: JSON.stringify({
        hf_endpoint: hub.url,
        token: { hub: "huggingface", value: "hf_adaadaada" },
      }),
    });
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/export`);
    await page.getByRole("button", { name: "Push to a hub" }).click();
    await page.getByRole("textbox", { name: "Repository" }).fill("ada/pip-again");
    await page.getByRole("button", { name: "Show what would be pushed" }).click();
    await page.getByText("A new private repository: ada/pip-again").waitFor();
    await page.getByText(`To ${hub.url}, as ada`).waitFor();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("model-q8_0.gguf").waitFor();
    expect(hub.writes).toMatchObject({ created: [], commits: [] });
    await dialog.getByRole("button", { name: /^Push .* to ada\/pip-again, private$/ }).click();
    await page.getByText("Pushed", { exact: true }).waitFor({ timeout: 30_000 });
    expect(hub.writes.commits).toMatchObject([{ repo: "ada/pip-again" }]);
    expect(hub.writes.commits[0]!.files).toContain("README.md");
    expect(trouble).toEqual([]);
    await page.close();
    await hub.close();
  });
});
