/**
 * What opens over the pages: dialogs, side sheets, menus, lists to choose from. Each is opened by its button with the
 * keyboard, judged, must fit the window, keep the cursor inside, and give it back to the button on Escape.
 */
import type { Page } from "playwright-core";
import type { ExpectStatic } from "vitest";
import type { Messages } from "@/components/i18n/messages";
import { inBothDresses } from "./axe";
import type { WatchedPage } from "./console";

export interface Float {
  address: string;
  /** Of the button that opens it: what it is and is called. */
  role: "button" | "combobox";
  name: string | RegExp;
  /** Where the button opens a menu, the item of it that opens what is meant. */
  item?: string;
  /** The same where it opens a list to choose from. */
  option?: string;
  /** The button is not there on a phone. */
  wideOnly?: boolean;
}

/** A label with values to be filled in, as a pattern of what is shown. */
function pattern(message: string): RegExp {
  const parts = message.split(/\{[^{}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`);
}

export interface Seen {
  /** Ids of a finished run and of one that waits. */
  run: string;
  waiting: string;
  /** Path of a model's folder that may be deleted. */
  model: string;
}

/** Every float of every page, by its words in one language. */
export function floatsOf(words: Messages, { run, waiting, model }: Seen): Float[] {
  const { train, runs, chat, datasets, models, evaluate, shell } = words;
  const button = (address: string, name: string | RegExp, ...items: string[]): Float[] =>
    items.length === 0
      ? [{ address, role: "button", name }]
      : items.map((item) => ({ address, role: "button", name, item }));
  const list = (address: string, name: string | RegExp): Float => ({ address, role: "combobox", name });
  return [
    { address: "/settings", role: "button", name: new RegExp(`^${shell.language}`), wideOnly: true },
    { address: "/settings", role: "button", name: new RegExp(`^${shell.search}`), wideOnly: true },
    list("/train", train.section.model),
    ...button("/train", train.load),
    ...button("/train", train.load, train.loadText, train.loadSaved),
    ...button("/train", train.save),
    { address: "/train", role: "button", name: runs.sweep.open, wideOnly: true },
    ...button("/runs", runs.import.button),
    ...button("/runs", pattern(runs.queue.more)),
    ...button(`/runs/${run}`, words.run.more),
    ...button(`/runs/${run}`, words.run.more, words.run.continue.menu, words.run.delete),
    ...button(`/runs/${run}`, words.run.chart.save),
    ...button(`/runs/${waiting}`, words.run.removeFromQueue),
    ...button(`/runs?runs=${run}`, runs.selection.tags),
    ...button(`/runs?runs=${run}`, runs.selection.delete),
    ...button("/chat", chat.settings),
    ...button("/chat", chat.conversations.title),
    ...button("/chat", chat.prompts.title),
    { address: "/chat", role: "button", name: chat.pane, option: chat.addServer },
    ...button("/datasets", datasets.identity.open),
    ...button("/datasets", datasets.add.open),
    ...button("/datasets?name=identity", datasets.editColumns),
    ...button("/datasets?name=identity", pattern(datasets.more)),
    ...button("/datasets?name=identity", pattern(datasets.more), datasets.remove.menu),
    ...button("/datasets?name=identity", pattern(datasets.editRow)),
    list("/datasets?name=identity", datasets.pickModel),
    ...button("/models", models.add.button),
    ...button(`/models?model=${encodeURIComponent(model)}`, models.panel.delete),
    list("/evaluate", evaluate.model),
    list("/export", words.export.model),
    ...button(`/export?target=${encodeURIComponent(`run:${run}`)}`, words.export.push.openRun),
  ];
}

const OPEN = "[role=dialog]:visible, [role=menu]:visible, [role=listbox]:visible";

/**
 * Goes through the floats in the page's own language and width. Fails softly, so that all are heard of.
 * @param expect the test's own, since tests run beside each other
 */
export async function judgeFloats(
  { page, visit }: WatchedPage,
  floats: readonly Float[],
  { url, expect }: { url: string; expect: ExpectStatic },
) {
  let address = "";
  const narrow = (page.viewportSize()?.width ?? 0) < 960;
  for (const float of floats.filter(({ wideOnly }) => !wideOnly || !narrow)) {
    const what = `${float.address}, ${float.name} ${float.item ?? float.option ?? ""}`;
    if (float.address !== address) await visit(url + float.address);
    address = float.address;
    const opener = page.getByRole(float.role, { name: float.name, exact: true }).first();
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.locator(OPEN).first().waitFor();
    if (float.item) await page.getByRole("menuitem", { name: float.item, exact: true }).press("Enter");
    if (float.option) await page.getByRole("option", { name: float.option, exact: true }).click();
    const leadsOn = float.item !== undefined || float.option !== undefined;
    const isDialog = leadsOn || !(await page.locator("[role=menu]:visible").count());
    if (isDialog) await page.locator("[role=dialog]:visible").first().waitFor();
    // What is said to a screen reader, and colours, are the same at every width.
    if (!narrow) expect.soft(await inBothDresses(page, ".float"), what).toEqual([]);
    expect.soft(await beyondTheEdge(page), `${what}: pixels beyond the window's or its own edge`).toBe(0);
    if (isDialog) expect.soft(await staysInside(page), `${what}: the cursor stays inside`).toBe(true);
    // On a button that has a hint, the first Escape takes away the hint.
    const gone = () => page.locator(OPEN).first().waitFor({ state: "detached", timeout: 2_000 });
    await page.keyboard.press("Escape");
    await gone().catch(() => page.keyboard.press("Escape").then(gone));
    const isBack = await opener.evaluate((element) => element === document.activeElement);
    expect.soft(isBack, `${what}: Escape gives the cursor back`).toBe(true);
  }
}

/** How far what floats reaches out of the window, or what it holds out of it. */
function beyondTheEdge(page: Page): Promise<number> {
  return page.evaluate(() => {
    const float = document.querySelector(".float")!;
    const { left, right } = float.getBoundingClientRect();
    const out = Math.max(-left, right - document.documentElement.clientWidth, 0);
    return Math.round(Math.max(out, float.scrollWidth - float.clientWidth));
  });
}

/** Whether Tab moves on at every press, there and back, and never leaves what floats. */
async function staysInside(page: Page): Promise<boolean> {
  for (const key of ["Shift+Tab", "Tab", "Tab", "Tab"]) {
    await page.keyboard.press(key);
    const inside = await page.evaluate(() => document.activeElement?.closest(".float") !== null);
    if (!inside) return false;
  }
  return true;
}
