/** What `npm start` is told: options before environment before defaults. */
import { parseArgs } from "node:util";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { isLoopback } from "@/server/http/guard";

export interface ConsoleOptions {
  port: number;
  host: string;
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  dev: boolean;
}

export const USAGE = `npm start -- [options]

  --port N      port to listen on (PORT, 7860); the next free one where it is taken
  --host NAME   address of this machine to listen on (HOST, 127.0.0.1)
  --home PATH   folder with data/, models/ and saves/ (TUNEBOARD_HOME, ./workspace); a LLaMA-Factory checkout works
  --dev         pages in Next's development mode, for work on Tuneboard itself`;

/**
 * @param args what follows `npm start --`
 * @throws AppError invalid_request naming the option, its value and what would do
 */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): ConsoleOptions {
  const values = parsed(args);
  const portText = values.port ?? env.PORT ?? "7860";
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port > 65535)
    throw new AppError("invalid_request", `--port ${portText} is not a port number (0 to 65535).`);
  const host = values.host ?? env.HOST ?? "127.0.0.1";
  if (!isLoopback(host)) {
    throw new AppError(
      "invalid_request",
      `--host ${host} would open the console to other machines. It has no password and starts programs, so it listens on this machine only ` +
        `(127.0.0.1, ::1, localhost). To reach it from elsewhere use an SSH tunnel: ssh -L ${port}:127.0.0.1:${port} <this machine>.`,
    );
  }
  // Without an option the folder lies in the repository wherever npm was called from.
  const home = values.home ?? env.TUNEBOARD_HOME;
  return {
    port,
    host,
    home: home ? path.resolve(env.INIT_CWD ?? process.cwd(), home) : path.join(root, "workspace"),
    dev: values.dev ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string" },
        host: { type: "string" },
        home: { type: "string" },
        dev: { type: "boolean" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new AppError(
      "invalid_request",
      `${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`,
    );
  }
}
