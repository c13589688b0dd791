/**
 * The Datasets page in a real browser: a table is dropped, mapped, looked at and added, its rows are tokens, and the Train
 * page offers it; several files come in at once; a broken dataset_info.json is mended.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, openPage, type RunningConsole, startConsole } from "./console";

let server: RunningConsole;
let browser: Browser;
let registry: string;

beforeAll(async () => {
  const home = mkdtempSync(path.join(tmpdir(), "tuneboard-data-"));
  mkdirSync(path.join(home, "data"));
  registry = path.join(home, "data", "dataset_info.json");
  writeFileSync(registry, JSON.stringify({ lost: { file_name: "nowhere.json" } }));
  server = await startConsole(home);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Drops files on the page, as a file manager does. */
async function drop(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  const data = await page.evaluateHandle((dropped) => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(dropped)) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  for (const type of ["dragenter", "dragover", "drop"])
    await page.dispatchEvent("main", type, { dataTransfer: data });
}

describe("the Datasets page", () => {
  it("takes a dropped table through mapping and preview into Train's list", async () => {
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/datasets`);
    await page.getByText("File missing").waitFor();
    await drop(page, {
      "faq.csv":
        "frage;antwort\nWer bist du?;Ich bin Ada.\nWo wohnst du?;Im Rechner.\nWo wohnst du?;Im Rechner.\n",
    });
    const sheet = page.getByRole("dialog");
    await sheet.getByText("Wer bist du?").waitFor();
    // Both columns are guessed; the other way round shows at once.
    await sheet.getByRole("combobox", { name: "Prompt", exact: true }).click();
    await page.getByRole("option", { name: "antwort" }).click();
    await sheet.getByRole("combobox", { name: "Answer", exact: true }).click();
    await page.getByRole("option", { name: "frage" }).click();
    await sheet.locator(".turn", { hasText: "Person" }).first().getByText("Ich bin Ada.").waitFor();
    await sheet.getByRole("combobox", { name: "Prompt", exact: true }).click();
    await page.getByRole("option", { name: "frage" }).click();
    await sheet.getByRole("combobox", { name: "Answer", exact: true }).click();
    await page.getByRole("option", { name: "antwort" }).click();
    await sheet.getByRole("button", { name: "Add dataset" }).click();
    await page.getByText("faq is added.", { exact: true }).waitFor();
    expect(JSON.parse(readFileSync(registry, "utf8"))).toEqual({
      lost: { file_name: "nowhere.json" },
      faq: { file_name: "faq.jsonl" },
    });

    await page.getByText("1 row appears twice, first at row 3.").waitFor();
    await page.getByRole("tab", { name: "Tokens" }).click();
    await page.locator(".tk--on", { hasText: "Ada" }).first().waitFor();
    await page.getByText("No row will be cut").waitFor();
    await page.getByRole("button", { name: "Drop the copies" }).click();
    await page.getByText("All 2 rows are readable").waitFor();

    await page.getByRole("button", { name: "Train on it" }).click();
    await page.waitForURL(/\/train/);
    await page.getByRole("button", { name: "Remove faq" }).waitFor();
    expect(trouble).toEqual([]);
    await page.close();
  });

  it("takes several files at once: those of one kind as one dataset or apart, the others after them", async () => {
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/datasets`);
    await page.getByRole("button", { name: "faq", exact: true }).waitFor();
    const row = (output: string) => JSON.stringify({ instruction: "Say it.", output });
    await drop(page, {
      "birds-0.jsonl": row("Owl."),
      "birds-1.jsonl": row("Jay."),
      "broken.jsonl": "",
      "trees.csv": "frage,antwort\nWas?,Eiche.\n",
    });
    const sheet = page.getByRole("dialog");
    const list = sheet.getByRole("list", { name: "Files on their way in" });
    await sheet.getByText(/2 files with the same columns/).waitFor();
    await list.getByRole("button", { name: "Try again: broken.jsonl" }).waitFor();
    await list.getByRole("button", { name: "Take broken.jsonl off the list" }).click();
    await sheet.getByRole("radio", { name: "One dataset each" }).click();
    await sheet.getByText("Named after the files: birds-0, birds-1.").waitFor();
    await sheet.getByRole("radio", { name: "One dataset", exact: true }).click();
    await sheet.getByRole("button", { name: "Add dataset" }).click();
    await page.getByText("birds is added.", { exact: true }).waitFor();
    await sheet.getByText("Eiche.").waitFor();
    await sheet.getByRole("button", { name: "Add dataset" }).click();
    await page.getByText("trees is added.", { exact: true }).waitFor();
    expect(JSON.parse(readFileSync(registry, "utf8"))).toMatchObject({
      birds: { file_name: "birds" },
      trees: { file_name: "trees.jsonl" },
    });
    // The browser reports the refusal of the empty file.
    expect(trouble).toEqual([expect.stringContaining("400 (Bad Request)")]);
    await page.close();
  });

  it("says where dataset_info.json is broken and mends it", async () => {
    writeFileSync(registry, '{\n  "faq": {"file_name": "faq.jsonl",}\n}\n');
    const { page, trouble } = await openPage(browser);
    await page.goto(`${server.url}/datasets`);
    await page
      .getByText(/dataset_info\.json, line 2, column 36/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Use the suggested repair" }).click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "faq", exact: true }).waitFor();
    expect(JSON.parse(readFileSync(registry, "utf8"))).toEqual({ faq: { file_name: "faq.jsonl" } });
    expect(trouble).toEqual([]);
    await page.close();
  });
});
