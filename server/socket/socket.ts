/**
 * The socket.io side: who watches what, replay from an offset, and the room that a change goes to. It does not know how
 * runs work; it asks the runs service and passes on what that tells.
 */
import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { z } from "zod";
import { toWire } from "@/server/contract/errors";
import type { ClientEvents, MachineStatus, Reply, ServerEvents } from "@/server/contract/events";
import { refusal } from "@/server/http/guard";
import { parseRequest } from "@/server/http/router";
import type { RunListener } from "@/server/runs/follower";
import type { Runs } from "@/server/runs/runs";

const subscriptionSchema = z.object({
  id: z.string().max(64),
  metrics_offset: z.number().int().min(0),
  log_offset: z.number().int().min(-1),
  points: z.number().int().min(100).max(20_000).optional(),
});
const MACHINE_EVERY_MS = 2000;
const RUNS_ROOM = "runs";
const roomOf = (id: string) => `run:${id}`;

export type ConsoleSocket = Server<ClientEvents, ServerEvents>;

export interface Broadcast {
  io: ConsoleSocket;
  /** Give this to the runs service. */
  listener: RunListener;
  /** Begins to answer clients. */
  serve(runs: Runs, machine: () => Promise<MachineStatus>): void;
  close(): Promise<void>;
}

/** Attaches socket.io to the console's HTTP server. */
export function openSocket(http: HttpServer): Broadcast {
  const io: ConsoleSocket = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    allowRequest: (request, decide) => decide(refusal(request), refusal(request) === null),
    // The default window for connection state is memory per client; offsets make it needless.
    perMessageDeflate: false,
  });
  let machineTimer: NodeJS.Timeout | null = null;

  const listener: RunListener = {
    status: (run) => void io.to(RUNS_ROOM).to(roomOf(run.id)).emit("run:status", run),
    metrics: (chunk) => void io.to(roomOf(chunk.id)).emit("run:metrics", chunk),
    log: (chunk) => void io.to(roomOf(chunk.id)).emit("run:log", chunk),
    queue: (status) => void io.to(RUNS_ROOM).emit("queue:status", status),
    removed: (id) => void io.to(RUNS_ROOM).to(roomOf(id)).emit("run:removed", { id }),
  };

  function serve(runs: Runs, machine: () => Promise<MachineStatus>): void {
    const tellMachine = async () => io.emit("machine:status", await machine());
    io.of("/").adapter.on("delete-room", (room: string) => {
      if (room.startsWith("run:")) runs.unwatch(room.slice("run:".length));
    });
    io.on("connection", (socket) => {
      machineTimer ??= setInterval(() => {
        runs.rescan(MACHINE_EVERY_MS);
        void tellMachine().catch(reportError);
      }, MACHINE_EVERY_MS);
      void machine()
        .then((status) => socket.emit("machine:status", status))
        .catch(reportError);

      socket.on("runs:subscribe", (reply) =>
        answer(reply, () => {
          const items = runs.list();
          void socket.join(RUNS_ROOM);
          return { items };
        }),
      );
      socket.on("run:subscribe", (request, reply) =>
        answer(reply, () => {
          const subscription = parseRequest(subscriptionSchema, request);
          const { id } = subscription;
          runs.watch(id);
          // From here to `join` nothing else runs: what is replayed and what comes live meet without gap or overlap.
          const { metrics, log } = runs.replay(subscription);
          if (metrics.points.length > 0 || metrics.reset) socket.emit("run:metrics", metrics);
          if (log.text !== "" || log.reset) socket.emit("run:log", log);
          void socket.join(roomOf(id));
          return { run: runs.summary(id) };
        }),
      );
      socket.on("run:unsubscribe", (request) => {
        if (typeof request?.id === "string") void socket.leave(roomOf(request.id));
      });
      socket.on("disconnect", () => {
        if (io.of("/").sockets.size > 0 || !machineTimer) return;
        clearInterval(machineTimer);
        machineTimer = null;
      });
    });
  }

  return {
    io,
    listener,
    serve,
    async close() {
      if (machineTimer) clearInterval(machineTimer);
      await io.close();
    },
  };
}

/** Runs a request of a client and acknowledges it with data or error. */
function answer<T>(reply: unknown, work: () => T): void {
  if (typeof reply !== "function") return;
  const acknowledge = reply as (result: Reply<T>) => void;
  try {
    acknowledge({ data: work() });
  } catch (error) {
    const wire = toWire(error);
    if (wire.code === "internal") reportError(error);
    acknowledge({ error: wire });
  }
}

function reportError(error: unknown): void {
  console.error(error);
}
