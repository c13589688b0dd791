/**
 * Light, dark or as the system. The choice lives in a cookie, so the server writes it into <html> and the first paint
 * is right without a script; "system" is left to CSS `color-scheme`.
 */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = "tuneboard_theme";

/** The theme that a cookie's value names; "system" where it names none. */
export function chooseTheme(cookie: string | undefined): Theme {
  return cookie === "light" || cookie === "dark" ? cookie : "system";
}

/** Keeps `value` under `name` for a year, on this console only. */
export function writeCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict`;
}

/** Shows `theme` at once and keeps it. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  writeCookie(THEME_COOKIE, theme);
}

/** The theme that was chosen, as the page shows it. */
export function chosenTheme(): Theme {
  return chooseTheme(document.documentElement.dataset.theme);
}

/** What is on the screen now: the chosen theme, or the system's. */
export function visibleTheme(): "light" | "dark" {
  const chosen = chosenTheme();
  if (chosen !== "system") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
