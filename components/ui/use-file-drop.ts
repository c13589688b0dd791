"use client";
/** A file that is dropped anywhere on the page. Dragged text is left to its own places. */
import { useEffect, useEffectEvent, useState } from "react";

/**
 * @param onFile gets the first file that is wanted
 * @param isWanted by its name; every file is where this is left out
 * @returns whether files hang over the page now
 */
export function useFileDrop(
  onFile: (file: File) => void,
  isWanted: (name: string) => boolean = () => true,
): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent((files: readonly File[]) => {
    const file = files.find(({ name }) => isWanted(name));
    if (file) onFile(file);
  });
  useEffect(() => {
    const holdsFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    function onDragOver(event: DragEvent) {
      if (!holdsFile(event)) return;
      // Without this the browser would open the file instead.
      event.preventDefault();
      setIsOver(true);
    }
    function onDragLeave(event: DragEvent) {
      if (event.relatedTarget === null) setIsOver(false);
    }
    function onDrop(event: DragEvent) {
      setIsOver(false);
      if (!holdsFile(event)) return;
      event.preventDefault();
      take([...(event.dataTransfer?.files ?? [])]);
    }
    document.addEventListener("dragover", onDragOver);
    document.addEventListener("dragleave", onDragLeave);
    document.addEventListener("drop", onDrop);
    return () => {
      document.removeEventListener("dragover", onDragOver);
      document.removeEventListener("dragleave", onDragLeave);
      document.removeEventListener("drop", onDrop);
    };
  }, []);
  return isOver;
}
