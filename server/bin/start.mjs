/**
 * `npm start`: sets up what is missing, then runs the console in this same process.
 *
 *   npm start -- [--port 7860] [--host 127.0.0.1] [--home ./workspace] [--dev]
 */
import { pathToFileURL } from "node:url";
import path from "node:path";
import { ROOT, SetUpError, setUp } from "./setup.mjs";

try {
  const dev = process.argv.includes("--dev");
  await setUp({ pages: !dev });
  const { main } = await import(pathToFileURL(path.join(ROOT, ".build", "main.mjs")).href);
  await main({ root: ROOT, args: process.argv.slice(2), env: process.env });
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
