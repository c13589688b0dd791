"use client";
/** Short notes that pass: what was done, with the way to undo it. `useToast()` shows one. */
import dynamic from "next/dynamic";
import { createContext, type ReactNode, useCallback, useContext, useState } from "react";
import type { ToastNote } from "./toast-list";

/** Most visits see no note, so what shows them comes with the first. */
const ToastList = dynamic(() => import("./toast-list").then((module) => module.ToastList));

const ToastContext = createContext<(note: ToastNote) => void>(() => undefined);

/** The function that shows a note. */
export function useToast(): (note: ToastNote) => void {
  return useContext(ToastContext);
}

let nextKey = 0;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [notes, setNotes] = useState<(ToastNote & { key: number })[]>([]);
  const [wasShown, setWasShown] = useState(false);
  const show = useCallback((note: ToastNote) => {
    nextKey += 1;
    const key = nextKey;
    setNotes((shown) => [...shown.slice(-2), { ...note, key }]);
    setWasShown(true);
  }, []);

  return (
    <ToastContext.Provider value={show}>
      {children}
      {wasShown && (
        <ToastList
          notes={notes}
          onClose={(key) => setNotes((shown) => shown.filter((other) => other.key !== key))}
        />
      )}
    </ToastContext.Provider>
  );
}
