/**
 * The form's main job: an advanced run from somebody's YAML. What it does not know is kept and seen, a late rule speaks
 * at its field, and what the preview shows is what is trained.
 */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { api, launchBrowser, openPage, type RunningConsole, startConsole, until } from "./console";

const PASTED = `### model
model_name_or_path: models/starter
### method
stage: dpo
do_train: true
finetuning_type: lora
lora_rank: 4
lora_target: q_proj,v_proj
pref_beta: 0.2
pref_loss: hinge
dpo_label_smoothing: 0.1
### dataset
dataset: pairs
template: chatml
cutoff_len: 128
### train
per_device_train_batch_size: 2
learning_rate: 1.0e-4
max_steps: 2
lr_scheduler_kwargs: {}
log_level: info
brand_new_argument: 7
`;

let server: RunningConsole;
let browser: Browser;

beforeAll(async () => {
  const home = mkdtempSync(path.join(tmpdir(), "tuneboard-e2e-form-"));
  mkdirSync(path.join(home, "data"), { recursive: true });
  const pairs = Array.from({ length: 8 }, (_, index) => ({
    instruction: `Say ${index}.`,
    chosen: `${index}`,
    rejected: "No.",
  }));
  writeFileSync(path.join(home, "data", "pairs.json"), JSON.stringify(pairs));
  const columns = { prompt: "instruction", chosen: "chosen", rejected: "rejected" };
  writeFileSync(
    path.join(home, "data", "dataset_info.json"),
    JSON.stringify({ pairs: { file_name: "pairs.json", ranking: true, columns } }),
  );
  server = await startConsole(home);
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function fillFromYaml(page: Page, text: string): Promise<void> {
  await page.goto(`${server.url}/train`);
  await page.getByRole("button", { name: "Load", exact: true }).click();
  await page.getByRole("menuitem", { name: "Load a YAML…" }).click();
  await page.getByLabel("YAML or JSON").fill(text);
  await page.getByRole("button", { name: "Fill in", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByLabel("LoRA rank").waitFor();
}

const extraArguments = (page: Page) => page.locator('textarea[name="extra"]');

describe("an advanced run from a pasted YAML", () => {
  it("fills the form, keeps what it does not know, mends a late rule at its field, and trains what it shows", async () => {
    const { page, trouble } = await openPage(browser);
    await fillFromYaml(page, PASTED);
    expect(await page.getByLabel("LoRA rank").inputValue()).toBe("4");
    expect(await page.getByLabel("Beta value").inputValue()).toBe("0.2");
    expect((await extraArguments(page).inputValue()).trim().split("\n")).toEqual([
      "log_level: info",
      "brand_new_argument: 7",
    ]);
    await page.getByText("LLaMA-Factory has no argument brand_new_argument.").first().waitFor();
    await extraArguments(page).fill("log_level: info");

    const smoothing = page.locator('form input[name="dpo_label_smoothing"]');
    await smoothing.waitFor();
    expect(await smoothing.getAttribute("aria-invalid")).toBe("true");
    await page.locator("form").getByText("dpo_label_smoothing is only for pref_loss sigmoid.").waitFor();
    await page.locator("form").getByRole("button", { name: "Remove dpo_label_smoothing" }).click();
    await page.getByRole("button", { name: "name it" }).click();
    await page.getByLabel("Name of the run").fill("pasted");
    await page.keyboard.press("Enter");

    const panel = page.getByRole("complementary");
    await panel.getByText("2 steps").waitFor();
    const shown = await until("the preview shows the mended form", 20_000, async () => {
      const text = await panel.locator("pre.code").first().textContent();
      return text?.includes("dpo_label_smoothing") === false
        ? (parse(text) as Record<string, unknown>)
        : undefined;
    });
    expect(shown).toMatchObject({ stage: "dpo", pref_beta: 0.2, pref_loss: "hinge", log_level: "info" });
    await panel.getByRole("button", { name: "Start", exact: true }).click();
    await page.waitForURL(/\/runs\/[^/]+$/);
    const run = await api<{ folder: string }>(server.url, `/api/runs/${page.url().split("/").at(-1)}`);
    const written = readFileSync(path.join(server.home, run.folder, "training_args.yaml"), "utf8");
    // The preview names the folder by the time, since a run may get its name until it starts.
    expect({ ...(parse(written) as object), output_dir: "" }).toEqual({ ...shown, output_dir: "" });
    expect(run.folder.replaceAll("\\", "/")).toBe("saves/starter/lora/pasted");
    expect(trouble).toEqual([]);
    await page.close();
  });

  it("keeps settings under a name, and hands them on in a link", async () => {
    const { page, trouble } = await openPage(browser);
    await fillFromYaml(page, PASTED);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("menuitem", { name: "Under a name…" }).click();
    await page.getByLabel("Name for these settings").fill("my pairs");
    await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved as my pairs.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Load", exact: true }).click();
    await page.getByRole("menuitem", { name: "LLaMA Board's defaults" }).click();
    await page.getByRole("button", { name: "Load", exact: true }).click();
    await page.getByRole("menuitem", { name: "Saved settings…" }).click();
    await page.getByRole("button", { name: "Fill in my pairs" }).click();
    await page.getByLabel("Beta value").waitFor();
    expect(await page.getByLabel("LoRA rank").inputValue()).toBe("4");

    await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("menuitem", { name: "Copy a link" }).click();
    await page.waitForURL(/#config=/);
    const other = await openPage(browser);
    await other.page.goto(page.url());
    await other.page.getByText("Settings from a link are filled in.").waitFor();
    expect(await other.page.getByLabel("LoRA rank").inputValue()).toBe("4");
    expect([...trouble, ...other.trouble]).toEqual([]);
  });

  it("finds any setting from the keyboard, and says what it waits for", async () => {
    const { page } = await openPage(browser);
    await page.goto(`${server.url}/train`);
    await page.getByRole("radio", { name: "Everything" }).click();
    await page.keyboard.press("/");
    await page.keyboard.type("galore rank");
    await page.getByText("With: Use GaLore").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("radio", { name: "Simple" }).click();
    expect(await page.getByLabel("Learning rate").count()).toBe(0);
    await page.close();
  });
});
