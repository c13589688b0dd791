/**
 * `npm start` after its set-up: reads the options, starts the console, says where it is, and leaves on Ctrl-C without
 * taking the runs along.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { createConsole, type Console, type ConsoleSetUp } from "./console";
import { readOptions, USAGE } from "./console-options";

/** How many ports after the wanted one are tried. */
const PORTS_TRIED = 50;

/** @param launch `root` is the repository's folder, `args` what follows `npm start --` */
export async function main(launch: {
  root: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
}): Promise<void> {
  if (launch.args.includes("--help")) return console.log(USAGE);
  try {
    const options = readOptions(launch.args, launch.env, launch.root);
    const started = await startOnFreePort({
      root: launch.root,
      home: options.home,
      host: options.host,
      port: options.port,
      pages: options.dev ? "development" : "production",
      version: versionOf(launch.root),
    });
    leaveOnSignal(started);
    console.log(`Home: ${options.home}`);
    console.log(`Tuneboard is at ${started.url} (Ctrl-C stops the console; runs go on)`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function startOnFreePort(setUp: ConsoleSetUp): Promise<Console> {
  for (let port = setUp.port; ; port++) {
    try {
      const started = await createConsole({ ...setUp, port });
      if (port !== setUp.port) console.log(`Port ${setUp.port} is taken, so it is ${port}.`);
      return started;
    } catch (error) {
      const taken = error instanceof AppError && error.code === "busy";
      if (!taken || port - setUp.port >= PORTS_TRIED || port >= 65535) throw error;
    }
  }
}

function leaveOnSignal(running: Console): void {
  let leaving = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (leaving) process.exit(1);
      leaving = true;
      void running.close().finally(() => process.exit(0));
    });
  }
}

function versionOf(root: string): string {
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}
