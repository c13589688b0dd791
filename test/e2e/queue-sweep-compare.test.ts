/** The main job of the Runs page: a sweep from the form, its queue put in another order, its results compared and saved. */
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, launchBrowser, openPage, type RunningConsole, startConsole, until } from "./console";

const SHORT_RUN = {
  model_name_or_path: "models/starter",
  stage: "sft",
  do_train: true,
  finetuning_type: "lora",
  template: "chatml",
  dataset: "identity",
  max_steps: 4,
  per_device_train_batch_size: 2,
  logging_steps: 1,
  cutoff_len: 64,
};

interface Run {
  id: string;
  name: string;
  status: string;
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

const patchQueue = (change: object) =>
  api<{ order: string[] }>(server.url, "/api/queue", { method: "PATCH", body: JSON.stringify(change) });
const runs = async () => (await api<{ items: Run[] }>(server.url, "/api/runs")).items;

describe("the queue, a sweep, a comparison", () => {
  it("go from the form to a picture of which value is best", async () => {
    const { id } = await api<{ id: string }>(server.url, "/api/runs", {
      method: "POST",
      body: JSON.stringify({ config: SHORT_RUN, name: "first", engine: "embedded" }),
    });
    await until("the first run is done", 60_000, async () =>
      (await runs()).some((run) => run.id === id && run.status === "finished") ? true : undefined,
    );
    await patchQueue({ paused: true });

    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/train?from=${id}`);
    await page.getByRole("button", { name: "Try several values…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name of the group").fill("rates");
    await dialog.getByLabel("Values").fill("1e-5 .. 1e-3 x 2 log");
    await dialog.getByRole("button", { name: "Queue 2 runs" }).click();

    await page.waitForURL(/\/runs\?sweep=/);
    await page.getByText("Paused: nothing new starts").waitFor();
    const second = page.getByRole("button", { name: /^rates-lr0\.001, place 2 of 2/ });
    await second.focus();
    await page.keyboard.press("ArrowUp");
    await page.getByRole("button", { name: /^rates-lr0\.001, place 1 of 2/ }).waitFor();
    const byName = new Map((await runs()).map((run) => [run.name, run.id]));
    expect((await patchQueue({})).order).toEqual(
      ["rates-lr0.001", "rates-lr1e-5"].map((name) => byName.get(name)),
    );

    await page.getByRole("button", { name: "Let it start" }).click();
    await until("both are done", 90_000, async () => {
      const done = (await runs()).filter((run) => run.name.startsWith("rates-") && run.status === "finished");
      return done.length === 2 ? true : undefined;
    });
    const grid = page.getByRole("region", { name: "Sweep rates" });
    await grid.getByText("2 of 2 done.").waitFor();
    expect(await grid.getByText("best", { exact: true }).count()).toBe(1);

    // Both curves are drawn already, since the address names them.
    const comparison = page.getByRole("region", { name: "Comparison of the selected runs" });
    await comparison.getByText("learning_rate").waitFor();
    expect(await comparison.locator("path.recharts-line-curve").count()).toBeGreaterThanOrEqual(2);
    await comparison.getByRole("radio", { name: "Tokens" }).click();
    await page.waitForURL(/x=tokens/);

    await comparison.getByRole("button", { name: "Save the chart" }).click();
    const saving = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Values as CSV" }).click();
    const csv = readFileSync(await (await saving).path(), "utf8")
      .trim()
      .split("\r\n");
    expect(csv[0]).toMatch(/^run,step,epoch,seconds,tokens,loss/);
    // Four steps each; the closing line adds no row of its own.
    expect(csv).toHaveLength(1 + 2 * 4);

    await comparison.getByRole("button", { name: "Save the chart" }).click();
    const drawing = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: "Picture as PNG" }).click();
    const png = readFileSync(await (await drawing).path());
    expect(png.subarray(1, 4).toString()).toBe("PNG");

    // The address holds it all: another visit shows the same.
    await page.reload();
    await page.getByRole("region", { name: "Sweep rates" }).getByText("2 of 2 done.").waitFor();
    await page.getByRole("region", { name: "Comparison of the selected runs" }).waitFor();
    expect(trouble).toEqual([]);
    await page.close();
  });
});
