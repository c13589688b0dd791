/**
 * Every page, light and dark, desk and phone, English and Chinese: it opens without script errors or foreign requests,
 * nothing scrolls sideways, and no message key is shown in place of words.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, openPage, type RunningConsole, startConsole } from "./console";

const PAGES = ["/train", "/runs", "/chat", "/models", "/datasets", "/settings"];
const WIDTHS = [390, 1440, 2560];

let server: RunningConsole;
let browser: Browser;

beforeAll(async () => {
  server = await startConsole();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe.each(PAGES)("%s", (address) => {
  it.each(WIDTHS)("fits %i px, light and dark", async (width) => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, trouble } = await openPage(browser, { viewport: { width, height: 844 }, colorScheme });
      await page.goto(server.url + address);
      await page.locator("main").first().waitFor();
      await page.waitForLoadState("networkidle");
      expect(await sidewaysPixels(page)).toBe(0);
      expect(trouble).toEqual([]);
      await page.close();
    }
  });

  it("speaks Chinese when asked to", async () => {
    const { page, trouble } = await openPage(browser);
    await page.goto(server.url + address);
    await page.getByRole("button", { name: /language/i }).click();
    await page.getByText("中文").last().click();
    await page.getByRole("link", { name: "训练" }).first().waitFor();
    const text = await page.locator("body").innerText();
    expect(text).not.toMatch(/\b(train|run|runs|chat|datasets|shell|settings)\.[a-z][A-Za-z.]+/);
    expect(trouble).toEqual([]);
    await page.close();
  });
});

async function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
