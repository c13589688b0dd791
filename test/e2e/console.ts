/**
 * A real console in a child process with a home folder of its own, and a real browser to look at it. What a test
 * starts here is stopped by `close`; runs that outlive the console are stopped through the API first.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium, type Page, type Request } from "playwright-core";
import { CHROMIUM_FLAGS, findChromium } from "./chromium.mjs";

const root = path.resolve(import.meta.dirname, "../..");

export interface RunningConsole {
  readonly url: string;
  readonly home: string;
  /** Of the console's process. */
  readonly pid: number;
  /** Sends `signal` to the console process and waits until it is gone. Runs go on. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Stops the runs that still go on, then the console, and removes the home folder. */
  close(): Promise<void>;
}

/** Starts the built console on a free port; resolves when it has printed its address. */
export async function startConsole(
  home = mkdtempSync(path.join(tmpdir(), "tuneboard-e2e-")),
): Promise<RunningConsole> {
  const child = spawn(
    process.execPath,
    [path.join(root, "server/bin/start.mjs"), "--port", "0", "--home", home],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const url = await printedAddress(child);
  const stop = async (signal: NodeJS.Signals = "SIGINT") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await gone;
  };
  return {
    url,
    home,
    pid: child.pid!,
    stop,
    async close() {
      await stopRuns(url);
      await stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** A run outlives its console by design, so a failed test must not leave one behind. */
async function stopRuns(url: string): Promise<void> {
  const going = async () => {
    const { items } = await api<{ items: { id: string; status: string; origin: string }[] }>(
      url,
      "/api/runs",
    );
    return items.filter(
      ({ status, origin }) => origin === "console" && ["queued", "running", "stopping"].includes(status),
    );
  };
  for (const { id } of await going()) await api(url, `/api/runs/${id}/stop`, { method: "POST" });
  await until("every run has stopped", 60_000, async () => ((await going()).length === 0 ? true : undefined));
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const onText = (chunk: Buffer) => {
      output += chunk.toString();
      const found = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(output);
      if (found) resolve(found[0]);
    };
    child.stdout?.on("data", onText);
    child.stderr?.on("data", onText);
    child.once("exit", (code) => reject(new Error(`the console ended with code ${code}:\n${output}`)));
  });
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_FLAGS.slice(1) });
}

/** A page that records what must not happen: requests to other hosts, script errors, blocked content. */
export async function openPage(
  browser: Browser,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, ...options });
  const trouble: string[] = [];
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1" && hostname !== "localhost")
      trouble.push(`request to ${request.url()}`);
  });
  page.on("pageerror", (error) => trouble.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console: ${message.text()}`);
  });
  return { page, trouble, visit: visitor(page) };
}

export interface WatchedPage {
  readonly page: Page;
  readonly trouble: string[];
  /** Opens an address and resolves once the page has asked the server for what it shows, and has been answered. */
  visit: (url: string) => Promise<void>;
}

/** How long a page must have asked nothing to count as settled; playwright's own "networkidle" takes half a second. */
const SETTLED_MS = 150;

function visitor(page: Page): WatchedPage["visit"] {
  const underWay = new Set<Request>();
  let answers = 0;
  let lastChange = 0;
  page.on("request", (request) => underWay.add(request));
  const ended = (request: Request) => {
    underWay.delete(request);
    lastChange = Date.now();
  };
  page.on("requestfinished", (request) => {
    ended(request);
    if (new URL(request.url()).pathname.startsWith("/api/")) answers++;
  });
  page.on("requestfailed", ended);
  return async (url) => {
    underWay.clear();
    answers = 0;
    await page.goto(url);
    await page.locator("main h1").first().waitFor();
    await until(`${url} has what it shows`, 60_000, () =>
      Promise.resolve(
        (answers > 0 && underWay.size === 0 && Date.now() - lastChange > SETTLED_MS) || undefined,
      ),
    );
  };
}

/** `GET` or `POST` on the console's API as JSON. */
export async function api<T>(url: string, pathname: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url + pathname, {
    ...init,
    headers: { "content-type": "application/json", ...init.headers },
  });
  const body: unknown = await response.json();
  if (!response.ok)
    throw new Error(`${init.method ?? "GET"} ${pathname}: ${response.status} ${JSON.stringify(body)}`);
  return body as T;
}

/** Polls `check` until it returns something other than undefined. */
export async function until<T>(
  what: string,
  timeoutMs: number,
  check: () => Promise<T | undefined>,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await check();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
