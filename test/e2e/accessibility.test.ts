/**
 * Every page, and every dialog, menu and list that opens over one, light and dark, is judged by axe: what a screen
 * reader is told, what the keyboard reaches, whether text stands out enough. The order of the pages is not its matter.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOCALE_COOKIE } from "@/components/i18n/locale";
import { messagesOf } from "@/components/i18n/messages";
import { inBothDresses, inTheDark } from "./axe";
import { api, launchBrowser, openPage, type RunningConsole, startConsole, until } from "./console";
import { floatsOf, judgeFloats } from "./floats";

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

describe("axe finds nothing", () => {
  it("on the first visit", async () => {
    const { page, trouble, visit } = await openPage(browser, { reducedMotion: "reduce" });
    await visit(`${server.url}/train`);
    expect(await inBothDresses(page)).toEqual([]);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it("on any page once a run has finished", async () => {
    const id = await finished("seen");
    const pages = [
      "/runs",
      `/runs/${id}`,
      `/runs/${id}?tab=machine`,
      `/runs/${id}?view=timeline`,
      "/chat",
      "/datasets",
      "/models",
      "/evaluate",
      "/export",
      "/settings",
    ];
    const { page, trouble, visit } = await openPage(browser, { reducedMotion: "reduce" });
    await visit(`${server.url}/train`);
    for (const mode of ["Simple", "Everything"]) {
      await page.getByRole("radio", { name: mode }).click();
      expect.soft(await inBothDresses(page), `the form, ${mode}`).toEqual([]);
    }
    for (const address of pages) {
      await visit(server.url + address);
      expect.soft(await inBothDresses(page), address).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    for (const address of ["/train", ...pages]) {
      await visit(server.url + address);
      expect.soft(await inTheDark(page), `${address} on a phone, dark`).toEqual([]);
    }
    expect(trouble).toEqual([]);
    await page.close();
  });
});

describe("axe finds nothing in what floats, and the keyboard gets in and out", () => {
  const seen = { run: "", waiting: "", model: "models/old" };

  beforeAll(async () => {
    mkdirSync(path.join(server.home, seen.model));
    writeFileSync(path.join(server.home, seen.model, "config.json"), "{}");
    seen.run = await finished("looked-at");
    await api(server.url, "/api/queue", { method: "PATCH", body: JSON.stringify({ paused: true }) });
    seen.waiting = (await start("waits")).id;
  });

  // Beside each other: a page that is judged keeps one core busy.
  it.concurrent.for([
    ["en", 1440],
    ["ru", 390],
  ] as const)("in the language %s at %i px", async ([locale, width], { expect }) => {
    const watched = await openPage(browser, { reducedMotion: "reduce", viewport: { width, height: 844 } });
    await watched.page.context().addCookies([{ name: LOCALE_COOKIE, value: locale, url: server.url }]);
    await judgeFloats(watched, floatsOf(messagesOf(locale), seen), { url: server.url, expect });
    expect(watched.trouble).toEqual([]);
    await watched.page.close();
  });
});

/** Starts a run of six steps. */
function start(name: string): Promise<{ id: string }> {
  return api(server.url, "/api/runs", {
    method: "POST",
    body: JSON.stringify({ config: SHORT_RUN, name, engine: "embedded" }),
  });
}

/** The id of such a run, once it has finished. */
async function finished(name: string): Promise<string> {
  const { id } = await start(name);
  await until("the run has finished", 60_000, async () =>
    (await api<{ status: string }>(server.url, `/api/runs/${id}`)).status === "finished" ? true : undefined,
  );
  return id;
}
