/**
 * `page-speed`: what a person waits for in the console, as JSON: bytes of each page's first visit over the wire, the time
 * from a line's arrival in trainer_log.jsonl to the paint that shows it, and what a typed letter costs (median and 95th
 * percentile).
 * The run is a folder that this program writes into; the console only follows it.
 */
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PAGES, SETTINGS_PAGE } from "@/components/shell/pages";
import { keyWork } from "./typing-speed";
import { api, launchBrowser, openPage, startConsole, until } from "../e2e/console";

const LINES = 60;
const LINE_INTERVAL_MS = 150;
/** What a page fetches once it has time has been fetched by then. */
const LATE_PARTS_MS = 2_000;

const console_ = await startConsole();
const browser = await launchBrowser();
const FOLDER = path.join(console_.home, "saves", "bench", "lora", "paint");
const LOG = path.join(FOLDER, "trainer_log.jsonl");
try {
  const train = await firstVisit("/train");
  console.log(
    JSON.stringify({
      first_pages: { "/train": train, ...(await firstPages()) },
      metric_to_paint_ms: await metricToPaint(),
      key_work_ms: await typing(),
    }),
  );
} finally {
  await browser.close();
  await console_.close();
}

/** A first visit of each page; the Train page's form, once there has been a run, is the whole one. */
async function firstPages(): Promise<Record<string, Record<string, number>>> {
  const weights: Record<string, Record<string, number>> = {};
  const run = await benchRun();
  for (const { href } of [...PAGES, SETTINGS_PAGE]) {
    weights[href === "/train" ? "/train, after a run" : href] = await firstVisit(href);
  }
  weights["/runs/:id"] = await firstVisit(`/runs/${run}`);
  return weights;
}

/** What a letter costs where people type most: the Train form with everything unfolded, the chat, the search of runs. */
async function typing(): Promise<Record<string, Record<string, number>>> {
  const { page } = await openPage(browser);
  const open = async (address: string, field: string) => {
    await page.goto(`${console_.url}${address}`);
    await page.locator(field).first().waitFor();
  };
  await open("/train", 'input[name="learning_rate"]');
  const folds = page.locator('.more .disclosure > button[aria-expanded="false"]');
  while ((await folds.count()) > 0) await folds.first().click();
  const number = await keyWork(page, 'input[name="learning_rate"]', "1234567890");
  const words = await keyWork(page, 'textarea[name="extra"]', "seed");
  await open("/chat", "form textarea");
  const chat = await keyWork(page, "form textarea", "hello ");
  await open("/runs", "input[data-find]");
  const runs = await keyWork(page, "input[data-find]", "paint");
  await page.close();
  return { train_number: number, train_extra: words, chat, runs };
}

/**
 * A visit with an empty cache: bytes over the wire until React has taken the page's first heading or button over (it can be
 * used from then on), and until nothing comes any more; at what second it could be used.
 */
async function firstVisit(address: string): Promise<Record<string, number>> {
  const { page } = await openPage(browser);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Network.enable");
  let bytes = 0;
  let requests = 0;
  devtools.on("Network.loadingFinished", (event) => {
    bytes += event.encodedDataLength;
    requests++;
  });
  const started = performance.now();
  await page.goto(`${console_.url}${address}`, { waitUntil: "commit" });
  await page.waitForFunction(() => {
    const first = document.querySelector("main:not([aria-busy=true]) h1, main:not([aria-busy=true]) button");
    return first !== null && Object.keys(first).some((key) => key.startsWith("__reactProps"));
  });
  const seconds = (performance.now() - started) / 1000;
  const usable = bytes;
  await page.waitForTimeout(LATE_PARTS_MS);
  await page.waitForLoadState("networkidle");
  await page.close();
  return {
    usable_kilobytes: Math.round(usable / 1000),
    kilobytes: Math.round(bytes / 1000),
    requests,
    seconds_to_usable: Number(seconds.toFixed(2)),
  };
}

/** A run's folder with one line in its log. @returns the run's id, once the console knows it */
async function benchRun(): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(LOG)) {
    writeFileSync(
      path.join(FOLDER, "training_args.yaml"),
      "model_name_or_path: bench\nstage: sft\nfinetuning_type: lora\n",
    );
    appendFileSync(LOG, line(0));
  }
  return await until("the folder is in the list of runs", 15_000, async () => {
    const { items } = await api<{ items: { id: string; name: string }[] }>(console_.url, "/api/runs");
    return items.find((run) => run.name === "paint")?.id;
  });
}

/** Appends lines to a run's log and asks the page when each was painted. */
async function metricToPaint(): Promise<Record<string, number>> {
  const id = await benchRun();
  const { page } = await openPage(browser);
  await page.goto(`${console_.url}/runs/${id}`);
  await page
    .getByText(/0 of 1,?000/)
    .first()
    .waitFor();
  // A step counts as painted when its number is in the page and the frame after that has begun.
  await page.evaluate(() => {
    const painted: Record<string, number> = {};
    Object.assign(window, { painted });
    new MutationObserver(() => {
      const step = /([\d,]+) of 1,?000/.exec(document.body.innerText)?.[1];
      if (step && !(step in painted)) {
        painted[step] = 0;
        requestAnimationFrame(() =>
          setTimeout(() => (painted[step] = performance.timeOrigin + performance.now())),
        );
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const written: number[] = [];
  for (let step = 1; step <= LINES; step++) {
    written[step] = Date.now();
    appendFileSync(LOG, line(step));
    await new Promise((resolve) => setTimeout(resolve, LINE_INTERVAL_MS));
  }
  const painted = await page.evaluate(
    () => (window as unknown as { painted: Record<string, number> }).painted,
  );
  const delays = written
    .flatMap((at, step) => (painted[String(step)] ? [painted[String(step)]! - at] : []))
    .sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? NaN);
  return { lines: LINES, painted: delays.length, median: at(0.5), p95: at(0.95) };
}

function line(step: number): string {
  return `${JSON.stringify({ current_steps: step, total_steps: 1000, loss: 3 - step / 100, lr: 5e-5, epoch: step / 100, percentage: step / 10, elapsed_time: "0:00:10", remaining_time: "0:10:00", grad_norm: 1 })}\n`;
}
