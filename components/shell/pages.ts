/** The pages that exist, in the order of the rail, with the key that follows `g`. */
import type { IconName } from "../ui/icon";

export interface Page {
  id: "train" | "runs" | "chat" | "datasets" | "models" | "evaluate" | "export" | "settings";
  href: string;
  icon: IconName;
  key: string;
}

export const PAGES: readonly Page[] = [
  { id: "train", href: "/train", icon: "train", key: "t" },
  { id: "runs", href: "/runs", icon: "runs", key: "r" },
  { id: "chat", href: "/chat", icon: "chat", key: "c" },
  { id: "datasets", href: "/datasets", icon: "datasets", key: "d" },
  { id: "models", href: "/models", icon: "model", key: "m" },
  { id: "evaluate", href: "/evaluate", icon: "evaluate", key: "e" },
  { id: "export", href: "/export", icon: "export", key: "x" },
];

export const SETTINGS_PAGE: Page = { id: "settings", href: "/settings", icon: "settings", key: "s" };

/** Whether `pathname` lies on or under a page. */
export function isCurrent(page: Page, pathname: string): boolean {
  return pathname === page.href || pathname.startsWith(`${page.href}/`);
}
