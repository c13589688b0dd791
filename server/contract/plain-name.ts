/** Names for files and hubs out of words for people. Pure. */

/** A label in letters that folders and hubs take: runs of others become dashes, none at either end. */
export function plainName(label: string, most: number): string {
  return label
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[^A-Za-z0-9]+|-+$/g, "")
    .slice(0, most);
}

/** A folder's name out of any text, letter by letter: whatever not every file system takes becomes a "_". */
export function folderNameFrom(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._-]/g, "_");
}
