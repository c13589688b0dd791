/** Paths as they are shown and stored: relative to a folder, with forward slashes on every system. It looks at no disk. */
import path from "node:path";

/** The way from a folder to something, with forward slashes. */
export function slashedPath(from: string, to: string): string {
  return path.relative(from, to).split(path.sep).join("/");
}

/** What a person would type from the home folder: relative where it lies in it, else as it is. */
export function typedPath(home: string, target: string): string {
  const relative = slashedPath(home, target);
  return relative.startsWith("..") ? target : relative;
}

/** Whether something would lie below a folder, going by the names alone: links are not followed. */
export function liesBelow(folder: string, target: string): boolean {
  const relative = path.relative(folder, target);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
