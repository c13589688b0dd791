"use client";
/** Files that are dropped anywhere on the page, those of dropped folders too. Dragged text is left to its own places. */
import { useEffect, useEffectEvent, useState } from "react";

/**
 * @param onFiles gets the files that are wanted, at least one
 * @param isWanted by its name; of files dropped by themselves every one is where this is left out
 * @returns whether files hang over the page now
 */
export function useFileDrop(
  onFiles: (files: readonly File[]) => void,
  isWanted: (name: string) => boolean = () => true,
): boolean {
  const [isOver, setIsOver] = useState(false);
  const take = useEffectEvent((files: readonly File[]) => {
    const wanted = files.filter(({ name }) => isWanted(name));
    if (wanted.length > 0) onFiles(wanted);
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
      void filesOf(event.dataTransfer).then((files) => take(files));
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

/** What was dropped, with what lies in dropped folders in its place; dot files there are left out. */
async function filesOf(transfer: DataTransfer | null): Promise<File[]> {
  // Both are there only until the event is over: read before the first wait.
  const files = [...(transfer?.files ?? [])];
  const entries = [...(transfer?.items ?? [])].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  const found = await Promise.all(entries.flatMap((entry) => (entry ? [filesBelow(entry)] : [])));
  return found.flat().sort((a, b) => a.name.localeCompare(b.name));
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  // A folder is told a hundred entries at a time, until there are no more.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return files;
    for (const each of entries) files.push(...(await filesBelow(each)));
  }
}
