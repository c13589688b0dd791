"use client";
/** A file on its way to becoming a dataset: sent or found by its path, looked at, then added. One at a time. */
import { useRef, useState } from "react";
import type { Incoming } from "@/server/contract/datasets";
import { lookAt } from "./dataset-queries";
import { sendFile } from "./send-file";

export type IncomingState =
  | { step: "choose"; error: string | null }
  | { step: "sending"; name: string; received: number; size: number }
  | { step: "looking"; name: string }
  | { step: "mapping"; file: Incoming };

export interface IncomingControls {
  state: IncomingState;
  send: (file: File) => Promise<void>;
  lookAtPath: (path: string) => Promise<void>;
  /** Back to the choice; what is being sent stops. */
  reset: () => void;
}

export function useIncoming(): IncomingControls {
  const [state, setState] = useState<IncomingState>({ step: "choose", error: null });
  const sending = useRef<AbortController | null>(null);

  async function look(name: string, from: Parameters<typeof lookAt>[0]): Promise<void> {
    setState({ step: "looking", name });
    setState({ step: "mapping", file: await lookAt(from) });
  }

  async function orError(signal: AbortSignal | null, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!signal?.aborted) setState({ step: "choose", error: (error as Error).message });
    }
  }

  return {
    state,
    async send(file) {
      const controller = new AbortController();
      sending.current = controller;
      const { name, size } = file;
      setState({ step: "sending", name, size, received: 0 });
      await orError(controller.signal, async () => {
        const id = await sendFile(file, {
          signal: controller.signal,
          onProgress: (received) => setState({ step: "sending", name, size, received }),
        });
        await look(name, { upload: id });
      });
    },
    lookAtPath: (path) => orError(null, () => look(path, { path })),
    reset() {
      sending.current?.abort();
      setState({ step: "choose", error: null });
    },
  };
}
