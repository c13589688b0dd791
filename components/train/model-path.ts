/** The parts of a model folder's path, for showing. */

/** "/home/me/models/Qwen" → "Qwen". */
export function folderName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** "/home/me/models/Qwen" → "/home/me/models"; "" where the path is one name. */
export function folderPath(path: string): string {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return cut > 0 ? path.slice(0, cut) : "";
}
