/**
 * `page-speed`: what a person waits for in the console, as JSON: bytes of the first page over the wire, and the time
 * from a line's arrival in trainer_log.jsonl to the paint that shows it (median and 95th percentile).
 * The run is a folder that this program writes into; the console only follows it.
 */
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { api, launchBrowser, openPage, startConsole, until } from "../e2e/console";

const LINES = 60;
const LINE_INTERVAL_MS = 150;

const console_ = await startConsole();
const browser = await launchBrowser();
try {
  console.log(JSON.stringify({ first_page: await firstPage(), metric_to_paint_ms: await metricToPaint() }));
} finally {
  await browser.close();
  await console_.close();
}

async function firstPage(): Promise<Record<string, number>> {
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
  await page.goto(`${console_.url}/train`);
  await page.getByRole("button", { name: /^Start/ }).waitFor();
  const seconds = (performance.now() - started) / 1000;
  await page.waitForLoadState("networkidle");
  await page.close();
  return {
    kilobytes: Math.round(bytes / 1000),
    requests,
    seconds_to_start_button: Number(seconds.toFixed(2)),
  };
}

/** Appends lines to a run's log and asks the page when each was painted. */
async function metricToPaint(): Promise<Record<string, number>> {
  const folder = path.join(console_.home, "saves", "bench", "lora", "paint");
  const log = path.join(folder, "trainer_log.jsonl");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, "training_args.yaml"),
    "model_name_or_path: bench\nstage: sft\nfinetuning_type: lora\n",
  );
  appendFileSync(log, line(0));
  const id = await until("the folder is in the list of runs", 15_000, async () => {
    const { items } = await api<{ items: { id: string; name: string }[] }>(console_.url, "/api/runs");
    return items.find((run) => run.name === "paint")?.id;
  });
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
    appendFileSync(log, line(step));
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
