/**
 * Finds a Chromium for the browser tests, or gets one: the system's, else playwright's download, else apt as root.
 * Throws with what was tried where none can be had; the suite then fails, it is never skipped.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Flags for a browser without a screen that talks to nobody but the console. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function installed() {
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) =>
      NAMES.map((name) => path.join(folder, process.platform === "win32" ? `${name}.exe` : name)),
    );
  return [...onPath, ...PLACES].find((file) => existsSync(file));
}

async function playwrights() {
  const { chromium } = await import("playwright-core");
  const file = chromium.executablePath();
  return file && existsSync(file) ? file : undefined;
}

/** Runs a program for at most so long; resolves with its exit code, a signal or an error. */
function install(file, args, timeout) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: "inherit", timeout });
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) => resolve(code ?? signal));
  });
}

/** Path of a Chromium that exists. @throws Error naming every way that was tried. */
export async function findChromium() {
  const named = process.env.TUNEBOARD_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`TUNEBOARD_CHROMIUM names ${named}, which does not exist`);
  }
  const found = installed() ?? (await playwrights());
  if (found) return found;

  const tried = ["the system's Chromium or Chrome (none on PATH)"];
  console.log("No Chromium here: asking playwright to download one…");
  const cli = path.resolve(import.meta.dirname, "../../node_modules/playwright-core/cli.js");
  const wanted = ["install", "chromium-headless-shell", "chromium"];
  const download = await install(process.execPath, [cli, ...wanted], 300_000);
  const downloaded = await playwrights();
  if (downloaded) return downloaded;
  tried.push(`playwright's download (exit code ${download})`);

  if (process.platform === "linux" && process.getuid?.() === 0) {
    console.log("Installing Chromium with apt-get…");
    await install("apt-get", ["update", "-qq"], 600_000);
    const result = await install("apt-get", ["install", "-y", "-qq", "chromium"], 600_000);
    const fromApt = installed();
    if (fromApt) return fromApt;
    tried.push(`apt-get install chromium (exit code ${result})`);
  } else tried.push("apt-get (needs root on Linux)");

  throw new Error(
    `no Chromium for the browser tests. Tried: ${tried.join("; ")}. Install Chromium, or set TUNEBOARD_CHROMIUM.`,
  );
}
