/**
 * A run does not depend on who looks at it: reload, second tab, closed tab, killed console. And what must not be
 * possible from elsewhere is not.
 */
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { api, launchBrowser, openPage, type RunningConsole, startConsole, until } from "./console";

const LONG_RUN = {
  model_name_or_path: "models/starter",
  stage: "sft",
  do_train: true,
  finetuning_type: "lora",
  template: "chatml",
  dataset: "identity",
  num_train_epochs: 200,
  per_device_train_batch_size: 4,
  logging_steps: 1,
  save_steps: 1000,
  cutoff_len: 128,
};

interface Run {
  status: string;
  step: number;
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

describe("a run and its viewers", () => {
  it("shows two tabs the same picture, outlives them and a killed console, and stops with a checkpoint", async () => {
    const { id } = await api<{ id: string }>(server.url, "/api/runs", {
      method: "POST",
      body: JSON.stringify({ config: LONG_RUN, name: "viewers" }),
    });
    const run = () => api<Run>(server.url, `/api/runs/${id}`);
    await until("some steps are logged", 60_000, async () => ((await run()).step > 3 ? true : undefined));

    const first = await openPage(browser);
    const second = await openPage(browser);
    for (const { page } of [first, second]) {
      await page.goto(`${server.url}/runs/${id}`);
      await page
        .getByText(/Loss fell from|Loss/)
        .first()
        .waitFor();
      await page.locator(".recharts-surface").first().waitFor();
    }
    await first.page.close();
    await second.page.reload();
    await second.page.locator(".recharts-surface").first().waitFor();

    await server.stop("SIGKILL");
    server = await startConsole(server.home);
    const after = await until("the new console follows the run", 30_000, async () => {
      const now = await run();
      return now.status === "running" ? now : undefined;
    });
    await until("the run went on", 60_000, async () => ((await run()).step > after.step ? true : undefined));

    // No gap in the curve: every step up to now is there, once.
    const { items } = await api<{ items: { current_steps: number }[] }>(
      server.url,
      `/api/runs/${id}/metrics`,
    );
    expect(items.map((point) => point.current_steps)).toEqual(items.map((_, index) => index + 1));

    await api(server.url, `/api/runs/${id}/stop`, { method: "POST" });
    const stopped = await until("the run has stopped", 60_000, async () => {
      const now = await api<Run & { checkpoints: { name: string; resumable: boolean }[] }>(
        server.url,
        `/api/runs/${id}`,
      );
      return now.status === "stopped" ? now : undefined;
    });
    expect(stopped.checkpoints.filter((checkpoint) => checkpoint.resumable).length).toBeGreaterThan(0);
    await second.page.close();
  });

  it("shows a folder that LLaMA-Factory's command line made", async () => {
    const folder = path.join(server.home, "saves", "elsewhere", "lora", "by-hand");
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      path.join(folder, "trainer_log.jsonl"),
      [
        {
          current_steps: 1,
          total_steps: 2,
          loss: 2.5,
          lr: 5e-5,
          epoch: 0.5,
          percentage: 50,
          elapsed_time: "0:00:01",
          remaining_time: "0:00:01",
        },
        {
          current_steps: 2,
          total_steps: 2,
          loss: 1.5,
          lr: 1e-5,
          epoch: 1,
          percentage: 100,
          elapsed_time: "0:00:02",
          remaining_time: "0:00:00",
        },
      ]
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(""),
    );
    appendFileSync(path.join(folder, "all_results.json"), JSON.stringify({ epoch: 1, train_loss: 2 }));
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/runs`);
    await page.getByText("by-hand").first().waitFor({ timeout: 30_000 });
    await page.getByText("by-hand").first().click();
    await page
      .getByText(/Loss fell from 2\.5/)
      .first()
      .waitFor();
    expect(trouble).toEqual([]);
    await page.close();
  });

  it.each([
    ["a foreign Host", { host: "tuneboard.example" }],
    ["a foreign Origin", { origin: "http://evil.example" }],
    ["Origin null", { origin: "null" }],
    ["a cross-site fetch", { "sec-fetch-site": "cross-site" }],
  ])("refuses %s on pages, API and socket", async (_name, headers) => {
    for (const pathname of ["/train", "/api/runs", "/socket.io/?EIO=4&transport=polling"]) {
      expect(await status(pathname, headers)).toBe(403);
    }
  });
});

/** The status of a GET whose headers a browser or fetch would not let us set. */
function status(pathname: string, headers: Record<string, string>): Promise<number> {
  const { hostname, port, host } = new URL(server.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: pathname, headers: { host, ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}
