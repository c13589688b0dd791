"use client";
/** The files that are on their way to becoming datasets on this page. */
import { useMemo, useState, useSyncExternalStore } from "react";
import { lookAt, rowFilesOf } from "./dataset-queries";
import { IncomingQueue, type IncomingFile } from "./incoming-queue";
import { sendFile } from "./send-file";

export interface IncomingControls {
  files: readonly IncomingFile[];
  /** Why a path that was named leads to no file; null where it does. */
  pathProblem: string | null;
  send: (files: readonly File[]) => void;
  /** A file of the console's machine, or all those of a folder. */
  lookAtPath: (path: string) => Promise<void>;
  remove: (keys: readonly number[]) => void;
  retry: (key: number) => void;
}

export function useIncoming(): IncomingControls {
  const [queue] = useState(() => new IncomingQueue({ send: sendFile, look: lookAt }));
  const [pathProblem, setPathProblem] = useState<string | null>(null);
  const files = useSyncExternalStore(queue.subscribe, queue.files, queue.files);
  return useMemo(
    () => ({
      files,
      pathProblem,
      send: (chosen) => queue.add(chosen.map((file) => ({ file }))),
      async lookAtPath(path) {
        setPathProblem(null);
        try {
          const { items } = await rowFilesOf(path);
          queue.add(items.map((item) => ({ path: item })));
        } catch (error) {
          setPathProblem((error as Error).message);
        }
      },
      remove: (keys) => queue.remove(keys),
      retry: (key) => queue.retry(key),
    }),
    [files, pathProblem, queue],
  );
}
