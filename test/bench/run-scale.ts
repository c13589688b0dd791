/**
 * `run-scale`: what many and long runs cost, as JSON: the list of 1,000 runs (over HTTP, and scrolling in a browser), a
 * run of 100,000 logged steps from click to curve, one line told to 50 viewers, and the share of a processor core that
 * the console takes to follow 20 runs at once (Linux only; null elsewhere).
 */
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { io } from "socket.io-client";
import { api, launchBrowser, openPage, startConsole, until } from "../e2e/console";

const RUNS = 1000;
const RUN_STEPS = 200;
const LONG_STEPS = 100_000;
const VIEWERS = 50;
const FOLLOWED = 20;
const FOLLOW_SECONDS = 15;

interface Listed {
  id: string;
  name: string;
}

const home = mkdtempSync(path.join(tmpdir(), "tuneboard-scale-"));
for (let i = 0; i < RUNS; i++) makeRun(`run-${String(i).padStart(4, "0")}`, RUN_STEPS);
makeRun("long", LONG_STEPS);

const starting = performance.now();
const console_ = await startConsole(home);
const runs = await list();
const cold = performance.now() - starting;
const browser = await launchBrowser();
try {
  const report = {
    start_to_first_list_ms: Math.round(cold),
    list_of_1000_ms: { goal: "200 ms", ...(await told("list", listTime)) },
    following_20: { goal: "0.05 of a core", core_share: await told("20 runs followed", following) },
    viewers: { goal: "50 have a line", ...(await told("50 viewers", manyViewers)) },
    long_run: { goal: "500 ms", ...(await told("a long run", longRun)) },
    scroll: { goal: "60 frames a second", ...(await told("scrolling", scrolling)) },
  };
  console.log(JSON.stringify(report));
} finally {
  await browser.close();
  await console_.close();
}

/** Progress goes to stderr, as of every bench. */
async function told<T>(what: string, measure: () => Promise<T>): Promise<T> {
  const result = await measure();
  console.error(`${what}: ${JSON.stringify(result)}`);
  return result;
}

/** A count of milliseconds for which the page's main thread has been busy so far. */
async function busyClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
  };
}

async function list(): Promise<Listed[]> {
  return (await api<{ items: Listed[] }>(console_.url, "/api/runs")).items;
}

async function listTime() {
  const times: number[] = [];
  for (let i = 0; i < 15; i++) {
    const started = performance.now();
    await list();
    times.push(performance.now() - started);
  }
  return spread(times);
}

/** Scrolls the list for two seconds and counts the frames that were drawn. */
async function scrolling() {
  const { page } = await openPage(browser);
  await page.goto(`${console_.url}/runs`);
  await page.getByText("run-0001").or(page.getByText("run-0999")).first().waitFor();
  await page.waitForLoadState("networkidle");
  const busy = await busyClock(page);
  const before = await busy();
  const frames = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        let last = performance.now();
        const end = last + 2000;
        const frame = (now: number) => {
          gaps.push(now - last);
          last = now;
          window.scrollBy(0, 60);
          if (now < end) requestAnimationFrame(frame);
          else resolve(gaps.slice(1));
        };
        requestAnimationFrame(frame);
      }),
  );
  const mainThread = (await busy()) - before;
  await page.close();
  const seconds = frames.reduce((sum, gap) => sum + gap, 0) / 1000;
  return {
    frames_per_second: Number((frames.length / seconds).toFixed(1)),
    frame_ms: spread(frames),
    main_thread_ms_per_frame: Number((mainThread / frames.length).toFixed(1)),
  };
}

async function longRun() {
  const { id } = runs.find(({ name }) => name === "long")!;
  const { page } = await openPage(browser);
  await page.goto(`${console_.url}/runs?q=long`);
  const link = page.getByRole("link", { name: /^long/ });
  await link.waitFor();
  await page.waitForLoadState("networkidle");
  const busy = await busyClock(page);
  const before = await busy();
  const started = performance.now();
  await link.click();
  await page.locator("path.recharts-line-curve").first().waitFor();
  const opened = performance.now() - started;
  const mainThread = (await busy()) - before;
  await page.close();
  const asked = performance.now();
  const { items } = await api<{ items: unknown[] }>(console_.url, `/api/runs/${id}/metrics?points=4000`);
  return {
    click_to_curve_ms: Math.round(opened),
    main_thread_ms: Math.round(mainThread),
    thinned_points: items.length,
    thinned_reply_ms: Math.round(performance.now() - asked),
  };
}

/** From a line's arrival in the file to the moment in which each of the viewers has it. */
async function manyViewers() {
  const { id } = runs.find(({ name }) => name === "run-0000")!;
  const arrived: number[] = [];
  let wanted = 0;
  const sockets = await Promise.all(
    Array.from({ length: VIEWERS }, async () => {
      const socket = io(console_.url, { transports: ["websocket"], forceNew: true });
      await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
      await socket.emitWithAck("run:subscribe", { id, metrics_offset: 0, log_offset: -1 });
      socket.on("run:metrics", (chunk: { points: { current_steps: number }[] }) => {
        if (chunk.points.some((point) => point.current_steps === wanted)) arrived.push(performance.now());
      });
      return socket;
    }),
  );
  const delays: number[] = [];
  for (wanted = RUN_STEPS + 1; wanted <= RUN_STEPS + 10; wanted++) {
    arrived.length = 0;
    const written = performance.now();
    appendFileSync(logOf("run-0000"), line(wanted, RUN_STEPS));
    await until("every viewer has the line", 5_000, () =>
      Promise.resolve(arrived.length === VIEWERS ? true : undefined),
    );
    delays.push(...arrived.map((at) => at - written));
  }
  for (const socket of sockets) socket.disconnect();
  return { viewers: VIEWERS, line_to_viewer_ms: spread(delays) };
}

/** Share of one core while 20 runs grow by two lines a second and one viewer has the list open. */
async function following(): Promise<number | null> {
  const names = Array.from({ length: FOLLOWED }, (_, i) => `run-${String(i + 1).padStart(4, "0")}`);
  const viewer = io(console_.url, { transports: ["websocket"], forceNew: true });
  await new Promise<void>((resolve) => viewer.once("connect", () => resolve()));
  await viewer.emitWithAck("runs:subscribe");
  const before = { cpu: cpuSeconds(console_.pid), at: performance.now() };
  for (let half = 0; half < FOLLOW_SECONDS * 2; half++) {
    for (const name of names) appendFileSync(logOf(name), line(RUN_STEPS + 1 + half, 2 * RUN_STEPS));
    await new Promise((resolve) => setTimeout(resolve, 500));
    // The first seconds are the console's way of finding that they go on again.
    if (half === 9) Object.assign(before, { cpu: cpuSeconds(console_.pid), at: performance.now() });
  }
  const after = cpuSeconds(console_.pid);
  viewer.disconnect();
  if (before.cpu === null || after === null) return null;
  return Number(((after - before.cpu) / ((performance.now() - before.at) / 1000)).toFixed(4));
}

/** Processor seconds that a process has used; null where the system does not say so in /proc. */
function cpuSeconds(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1));
  return { median: at(0.5), p95: at(0.95) };
}

function logOf(name: string): string {
  return path.join(home, "saves", "bench", "lora", name, "trainer_log.jsonl");
}

function makeRun(name: string, steps: number): void {
  mkdirSync(path.dirname(logOf(name)), { recursive: true });
  writeFileSync(
    path.join(path.dirname(logOf(name)), "training_args.yaml"),
    "model_name_or_path: bench\ndataset: identity\nstage: sft\nfinetuning_type: lora\n",
  );
  const lines = Array.from({ length: steps }, (_, i) => line(i + 1, steps));
  const summary = { current_steps: steps, total_steps: steps, epoch: 3, percentage: 100 };
  writeFileSync(logOf(name), `${lines.join("")}${JSON.stringify(summary)}\n`);
}

function line(step: number, total: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const elapsed = `${Math.floor(step / 3600)}:${two(Math.floor(step / 60) % 60)}:${two(step % 60)}`;
  const loss = 1 + 2 * Math.exp((-5 * step) / total) + 0.2 * Math.sin(step * 12.9898);
  return `${JSON.stringify({ current_steps: step, total_steps: total, loss, lr: 5e-5, epoch: (3 * step) / total, percentage: (100 * step) / total, elapsed_time: elapsed, remaining_time: "0:10:00", throughput: 256, total_tokens: 256 * step, grad_norm: 1 + Math.sin(step) })}\n`;
}
