/**
 * What a letter costs: the main thread's time from a key going down until the frame that shows it is drawn, without the
 * wait for the screen's next turn. It does not know what the fields are for.
 */
import type { Page } from "playwright-core";

const KEYS = 30;
const KEY_INTERVAL_MS = 120;

/** @returns milliseconds of main-thread work for one key in `field`: median and 95th percentile of 30 keys */
export async function keyWork(page: Page, field: string, text: string): Promise<Record<string, number>> {
  const input = page.locator(field).first();
  await input.scrollIntoViewIfNeeded();
  await input.click();
  await page.waitForLoadState("networkidle");
  await page.evaluate(watchKeys);
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press(text[key % text.length]!);
    await page.waitForTimeout(KEY_INTERVAL_MS);
  }
  const work = await page.evaluate(() => (window as unknown as { keyWork: number[] }).keyWork);
  work.sort((a, b) => a - b);
  const at = (share: number) =>
    Number((work[Math.min(work.length - 1, Math.floor(work.length * share))] ?? NaN).toFixed(1));
  return { keys: work.length, median: at(0.5), p95: at(0.95) };
}

/**
 * In the page. A letter is on the screen after two pieces of work: what its events set off at once, and the next frame.
 * A message is handled after whatever was queued before it, so it marks the end of either.
 */
function watchKeys(): void {
  const work: number[] = [];
  Object.assign(window, { keyWork: work });
  const afterThis = (then: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      then();
    };
    port2.postMessage(null);
  };
  let began = 0;
  window.addEventListener("keydown", () => (began = performance.now()), true);
  window.addEventListener(
    "input",
    () => {
      let events = 0;
      afterThis(() => (events = performance.now() - began));
      requestAnimationFrame(() => {
        const frame = performance.now();
        afterThis(() => work.push(events + performance.now() - frame));
      });
    },
    true,
  );
}
