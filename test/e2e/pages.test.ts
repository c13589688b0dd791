/**
 * Every page, light and dark, desk and phone, in every language: it opens without script errors or foreign requests,
 * nothing scrolls sideways, and no message key is shown in place of words.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGE_NAME, LANGUAGE_TAG, LOCALE_COOKIE, LOCALES } from "@/components/i18n/locale";
import { messagesOf } from "@/components/i18n/messages";
import { PAGES as PAGES_OF_THE_RAIL, SETTINGS_PAGE } from "@/components/shell/pages";
import { launchBrowser, openPage, type RunningConsole, startConsole, type WatchedPage } from "./console";

const PAGES = PAGES_OF_THE_RAIL.concat(SETTINGS_PAGE).map(({ href }) => href);
const WIDTHS = [390, 1440, 2560];

let server: RunningConsole;
let browser: Browser;
/** One for all pages: a browser that has read the scripts once does so only once. */
let watched: WatchedPage;

beforeAll(async () => {
  server = await startConsole();
  browser = await launchBrowser();
  watched = await openPage(browser);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe.each(PAGES)("%s", (address) => {
  it("fits every width, light and dark", async () => {
    const { page, trouble, visit } = watched;
    await visit(server.url + address);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        expect(await sidewaysPixels(page), `${colorScheme}, ${width} px`).toBe(0);
      }
    }
    expect(trouble).toEqual([]);
  });

  it("speaks every language, on a phone without scrolling sideways", async () => {
    const { page, trouble, visit } = watched;
    await page.setViewportSize({ width: 390, height: 844 });
    for (const locale of [...LOCALES].reverse()) {
      await page.context().addCookies([{ name: LOCALE_COOKIE, value: locale, url: server.url }]);
      await visit(server.url + address);
      await page
        .getByRole("link", { name: messagesOf(locale).shell.train })
        .first()
        .waitFor();
      expect(await page.locator("html").getAttribute("lang")).toBe(LANGUAGE_TAG[locale]);
      expect(await page.locator("body").innerText()).not.toMatch(ROOMS);
      expect(await sidewaysPixels(page), `${locale} at 390 px`).toBe(0);
      expect(trouble).toEqual([]);
    }
  });
});

describe("the language menu", () => {
  it("changes the page in place and is remembered", async () => {
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/train`);
    await page.getByRole("button", { name: /language/i }).click();
    await page.getByText(LANGUAGE_NAME.zh).last().click();
    await page
      .getByRole("link", { name: messagesOf("zh").shell.train })
      .first()
      .waitFor();
    await page.goto(`${server.url}/runs`);
    await page
      .getByRole("link", { name: messagesOf("zh").shell.train })
      .first()
      .waitFor();
    expect(trouble).toEqual([]);
    await page.close();
  });
});

/** A message's key where its words should be. */
const ROOMS = new RegExp(`\\b(${Object.keys(messagesOf("en")).join("|")})\\.[a-z][A-Za-z.]+`);

async function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate(async () => {
    // What follows the width by script has had its say two frames later.
    for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
    return document.documentElement.scrollWidth - document.documentElement.clientWidth;
  });
}
