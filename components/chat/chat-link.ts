/** The way to the chat: the targets that stand side by side, as the page's address names them. */

/** The panes' names in the address, first to last. */
export const PANE_NAMES = ["left", "right", "third", "fourth"] as const;

/** "/chat?left=base:starter&right=run:…"; more targets than there are panes are left out. */
export function chatHref(...targets: readonly string[]): string {
  const panes = targets.slice(0, PANE_NAMES.length);
  return `/chat?${new URLSearchParams(panes.map((target, index) => [PANE_NAMES[index]!, target])).toString()}`;
}
