// @vitest-environment jsdom
/** The form as a person meets it: problems at the field, dots that reset, fixes, Start. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { IntlProvider } from "use-intl";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { messagesOf } from "@/components/i18n/messages";
import {
  BOARD_DEFAULTS,
  STARTER_PRESET,
  type TrainForm as TrainFormValues,
} from "@/components/train/form-defaults";
import { formRules, wholeForm } from "@/components/train/late-parts";
import { TrainForm } from "@/components/train/train-form";
import type { InitialForm } from "@/components/train/use-initial-form";
import type { Forecast } from "@/server/contract/api";
import { MEMORY_PARTS } from "@/server/contract/memory-parts";
import { stubResizeObserver } from "../resize-observer";

const push = vi.fn();
vi.mock("next/navigation", () => ({
  useRouter: () => ({ push, refresh: vi.fn() }),
  usePathname: () => "/train",
}));
vi.mock("socket.io-client", () => ({ io: () => ({ on: vi.fn(), emit: vi.fn(), connected: false }) }));

const forecast: Forecast = {
  problems: [],
  choice: { engine: "embedded", ground: "suits", reason: "It does all that is asked for." },
  train_rows: 96,
  eval_rows: 5,
  steps_per_epoch: 12,
  total_steps: 72,
  seconds: 65,
  seconds_basis: "measured in first",
  memory_bytes: 600e6,
  memory: [
    {
      engine: "embedded",
      device: "cpu",
      devices: 1,
      parts: Object.fromEntries(MEMORY_PARTS.map((part) => [part, 0])) as Forecast["memory"][number]["parts"],
      device_bytes: 600e6,
      host_bytes: 0,
      capacity_bytes: 24e9,
      fits: "room",
      rule_of_thumb_bytes: null,
    },
  ],
  ways: [],
  disk_bytes: 14e6,
  yaml: "learning_rate: 0.001\n",
  command: "npx tuneboard train run.yaml",
};
const machine = {
  cpu_threads: 2,
  cpu_load: 0,
  memory_used_bytes: 2e9,
  memory_total_bytes: 24e9,
  disk_free_bytes: 80e9,
  gpus: [],
};
const starter = {
  name: "starter",
  path: "models/starter",
  source: "starter",
  family: "llama",
  parameters: 6e6,
  bytes: 12e6,
  dtype: "bf16",
  context_length: 512,
  template: "default",
  supported: true,
  problem: null,
};
const identity = {
  name: "identity",
  formatting: "alpaca",
  ranking: false,
  rows: 101,
  bytes: 9,
  source: "file",
  problem: null,
};

let replies: Record<string, unknown>;
let sent: { path: string; body: unknown }[];

// A machine that is busy with other tests takes its time.
configure({ asyncUtilTimeout: 15_000 });
// jsdom has no layout.
Element.prototype.scrollIntoView = vi.fn();

beforeAll(() => Promise.all([formRules.load(), wholeForm.load()]), 60_000);
beforeEach(() => {
  sent = [];
  replies = {
    "/api/runs": { items: [] },
    "/api/runs/check": forecast,
    "/api/models": { items: [starter] },
    "/api/datasets": { items: [identity], problems: [] },
    "/api/datasets/identity/rows": {
      items: [{ instruction: "Who are you?", output: "I am Ada." }],
      total: 101,
    },
    "/api/engines": { items: [] },
    "/api/machine": machine,
  };
  stubResizeObserver();
  vi.stubGlobal("fetch", (address: string, init: RequestInit) => {
    const path = address.split("?")[0]!;
    const reply = init.method === "POST" && path === "/api/runs" ? { id: "r1" } : replies[path];
    if (init.method === "POST") sent.push({ path, body: JSON.parse(init.body as string) as unknown });
    return Promise.resolve(Response.json(reply));
  });
});
afterEach(() => {
  cleanup();
  window.localStorage.clear();
  push.mockReset();
  vi.unstubAllGlobals();
});

function open(changes: Partial<TrainFormValues> = {}, initial: Partial<InitialForm> = {}) {
  const form = { ...BOARD_DEFAULTS, model_name_or_path: "models/starter", dataset: ["identity"], ...changes };
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <IntlProvider locale="en" messages={messagesOf("en")} timeZone="UTC">
      <QueryClientProvider client={queries}>
        <TrainForm
          initial={{
            form,
            firstVisit: false,
            isStarter: false,
            clonedFrom: null,
            cloneError: null,
            fromLink: false,
            ...initial,
          }}
        />
      </QueryClientProvider>
    </IntlProvider>,
  );
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const panel = () => within(screen.getByRole("complementary"));
const startButton = () => panel().getByRole("button", { name: /start|queue/i });

describe("the train form", () => {
  it("shows a problem at the field while typing, and takes it back when mended", async () => {
    open();
    type("Learning rate", "fast");
    await waitFor(() => expect(field("Learning rate").getAttribute("aria-invalid")).toBe("true"));
    const described = field("Learning rate").getAttribute("aria-describedby")!.split(" ");
    const notes = described.map((id) => document.getElementById(id)?.textContent).join(" ");
    expect(notes).toContain("This must be a number.");
    expect(notes).toContain("How far each step moves the weights.");
    type("Learning rate", "1e-4");
    await waitFor(() => expect(field("Learning rate").getAttribute("aria-invalid")).toBeNull());
  });

  it("marks a changed value with a dot that resets it", () => {
    open();
    const dot = "Default 8 (lora_rank). Press to reset.";
    expect(screen.queryByRole("button", { name: dot })).toBeNull();
    type("LoRA rank", "64");
    fireEvent.click(screen.getByRole("button", { name: dot }));
    expect(field("LoRA rank").value).toBe("8");
  });

  it("hides LoRA's settings with full training", () => {
    open();
    fireEvent.click(screen.getByRole("radio", { name: /Full/ }));
    expect(screen.queryByLabelText("LoRA rank")).toBeNull();
  });

  it("says what will happen in the words of the machine's numbers", async () => {
    open({ num_train_epochs: "6", per_device_train_batch_size: "8", gradient_accumulation_steps: "1" });
    await panel().findByText("72 steps");
    expect(panel().getByText("about 1 min")).toBeTruthy();
    expect(screen.getByText("96 rows × 6 epochs ÷ 8")).toBeTruthy();
    expect(screen.getByText("measured in first")).toBeTruthy();
    expect(await screen.findByText("600 MB at most")).toBeTruthy();
  });

  it("offers the console's fix at the field and in Start", async () => {
    const fix = { label: "Use fp32", set: { bf16: null } };
    replies["/api/runs/check"] = {
      ...forecast,
      problems: [{ argument: "bf16", severity: "error", message: "No bf16 on this machine.", fix }],
    };
    open({ compute_type: "bf16" });
    await panel().findByRole("button", { name: "Use fp32 and start" });
    expect(screen.getAllByText("No bf16 on this machine.", { exact: false }).length).toBe(2);
    replies["/api/runs/check"] = forecast;
    fireEvent.click(screen.getAllByRole("button", { name: "Use fp32" })[0]!);
    await screen.findByText("No problems found.");
    expect(startButton().textContent).toBe("Start");
  });

  it("starts the run with the form's configuration and goes to its page", async () => {
    open({ name: "first", lora_rank: "16" });
    fireEvent.click(startButton());
    await waitFor(() => expect(push).toHaveBeenCalledWith("/runs/r1"));
    const request = sent.find(({ path }) => path === "/api/runs")!;
    expect(request.body).toMatchObject({ name: "first", config: { lora_rank: 16, dataset: "identity" } });
  });

  it("goes to the first problem in place of starting", async () => {
    open({ dataset: [] });
    expect(screen.getAllByText("Choose a dataset to train on.").length).toBeGreaterThan(0);
    fireEvent.keyDown(document, { key: "Enter", ctrlKey: true });
    await waitFor(() => expect(document.activeElement?.getAttribute("name")).toBe("dataset"));
    expect(sent.some(({ path }) => path === "/api/runs")).toBe(false);
  });

  it("finds settings by word and by argument name, each with its explanation", () => {
    open();
    type("Find a setting", "warmup_ratio");
    expect(screen.getByText("1 setting for “warmup_ratio”")).toBeTruthy();
    expect(screen.getByText(/Warm-up as a share of all steps/)).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Show all settings" }));
    expect(field("Epochs")).toBeTruthy();
  });

  it("is short on the first visit and unfolds on request", async () => {
    open(STARTER_PRESET, { firstVisit: true });
    expect(screen.getByText("Press Start: this takes about a minute.")).toBeTruthy();
    expect(screen.queryByLabelText("Learning rate")).toBeNull();
    await screen.findAllByText("I am Ada.");
    fireEvent.click(screen.getAllByRole("button", { name: "Change" })[0]!);
    expect(field("Learning rate").value).toBe(STARTER_PRESET.learning_rate);
  });

  it("keeps what was typed for the next visit", async () => {
    open();
    type("Seed", "7");
    await waitFor(() => expect(window.localStorage.getItem("tuneboard.train.draft")).toContain('"seed":"7"'));
  });

  it("keeps what was typed last by somebody who leaves at once", () => {
    open();
    type("Seed", "8");
    cleanup();
    expect(window.localStorage.getItem("tuneboard.train.draft")).toContain('"seed":"8"');
  });
});
