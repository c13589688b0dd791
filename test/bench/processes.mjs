/** Starts the programs that the bench measures: each in a process of its own, the result in the last line of its output. */
import { spawn } from "node:child_process";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");
/** Where the bench's own programs are bundled to. */
export const out = path.join(root, ".build", "bench");

export function log(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs a program; resolves with its stdout, rejects with its stderr. `variables` are added to the environment. */
export function execute(file, args, { cwd = root, variables = {} } = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...variables };
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0
        ? resolve(stdout)
        : reject(new Error(`${file} ${args.join(" ")}: exit code ${code}\n${stderr}`)),
    );
  });
}

export const node = (args, options) => execute(process.execPath, args, options);
export const lastLine = (stdout) => JSON.parse(stdout.trim().split("\n").at(-1));
/** One of the bench's own programs. */
export const program = async (name, ...args) =>
  lastLine(await node([path.join(out, `${name}.mjs`), ...args.map(String)]));
export const round = (value) => Number(value.toPrecision(4));
