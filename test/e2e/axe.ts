/** What axe has against a page or a part of it, light and dark: one line per rule and place. */
import axe from "axe-core";
import type { Page } from "playwright-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe has against a page in the dark, as on a phone at night. */
export async function inTheDark(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "dark" });
  await bringAxe(page);
  return judge(page, { type: "tag", values: TAGS }, undefined);
}

/** @param part a selector of what is judged; the whole page without it */
export async function inBothDresses(page: Page, part?: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  await bringAxe(page);
  const light = await judge(page, { type: "tag", values: TAGS }, part);
  await page.emulateMedia({ colorScheme: "dark" });
  // Dark differs in colours only.
  return [...light, ...(await judge(page, { type: "rule", values: ["color-contrast"] }, part))];
}

/** Evaluated by the browser's debugger, which the page's strict content policy does not bind; once for each address. */
async function bringAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
}

function judge(page: Page, runOnly: axe.RunOnly, part: string | undefined): Promise<string[]> {
  return page.evaluate(
    async ([chosen, selector]) => {
      const inPage = (globalThis as unknown as { axe: typeof axe }).axe;
      const place = selector ? { include: [selector] } : document;
      const found = await inPage.run(place, { runOnly: chosen, resultTypes: ["violations"] });
      return found.violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id} (${help}): ${node.target.join(" ")} ${node.html.slice(0, 200)}`),
      );
    },
    [runOnly, part] as const,
  );
}
