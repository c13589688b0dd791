/**
 * The console: an HTTP server on loopback with the API, the socket and the pages in front of the services. Guards every
 * request before anything else sees it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AppError } from "@/server/contract/errors";
import { apiRoutes } from "@/server/http/api";
import { refusal } from "@/server/http/guard";
import { machineMeter } from "@/server/http/machine";
import { openPages, type Pages } from "@/server/http/pages";
import { packReply } from "@/server/http/pack-reply";
import { createRouter, sendError } from "@/server/http/router";
import { setSecurityHeaders } from "@/server/http/security-headers";
import { openSocket } from "@/server/socket/socket";
import { prepareHome } from "./home-folder";
import { openServices, type ServiceOptions } from "./services";

export interface ConsoleSetUp extends Omit<ServiceOptions, "listener" | "machine" | "port"> {
  host?: string;
  /** 0 for any free port. */
  port: number;
  /** Which pages to serve; false for the API alone. */
  pages: "development" | "production" | false;
}

export interface Console {
  /** "http://127.0.0.1:7860" */
  url: string;
  port: number;
  /** Frees the port and lets training programs run on. */
  close(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Starts a console. @throws AppError busy where the port is taken, forbidden where it may not be used */
export async function createConsole(setUp: ConsoleSetUp): Promise<Console> {
  const { root, home, host = "127.0.0.1" } = setUp;
  // Requests that come while the console starts wait for it.
  const api = later<Handler>();
  const pages = later<Pages | null>();
  const server = createServer((request, response) => {
    setSecurityHeaders(response);
    void answer(request, response).catch((error: unknown) => sendError(response, error));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reason = refusal(request);
    if (reason) throw new AppError("forbidden", reason);
    if (/^\/api(\/|\?|$)/.test(request.url ?? "")) {
      packReply(request, response);
      return (await api.promise)(request, response);
    }
    const opened = await pages.promise;
    if (!opened) throw new AppError("not_found", "This console serves the API only.");
    return opened.handle(request, response);
  }

  const port = await listen(server, setUp.port, host);
  try {
    prepareHome(home, root);
    const socket = openSocket(server);
    const machine = machineMeter(home);
    const services = await openServices({ ...setUp, port, machine, listener: socket.listener });
    socket.serve(services.runs, machine);
    services.runs.recover();
    api.resolve(createRouter(apiRoutes(services, machine)));
    const opened = setUp.pages ? await openPages({ root, mode: setUp.pages, server, port }) : null;
    pages.resolve(opened);
    return {
      url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
      port,
      async close() {
        await socket.close();
        server.closeAllConnections();
        await services.close();
        await opened?.close();
      },
    };
  } catch (error) {
    server.close();
    server.closeAllConnections();
    throw error;
  }
}

/** @returns the port that it listens on */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE")
        reject(new AppError("busy", `Port ${port} is taken.`, { cause: error }));
      else if (error.code === "EACCES") {
        reject(
          new AppError(
            "forbidden",
            `Port ${port} needs rights that you do not have here. Choose one above 1023.`,
          ),
        );
      } else reject(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

/** A value that is not there yet. */
function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}
