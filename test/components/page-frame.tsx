/** What a component under test expects around it: English words, a query cache, toasts. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import { messagesOf } from "@/components/i18n/messages";
import { ToastProvider } from "@/components/ui/toast";
import type { RunDetail } from "@/server/contract/run";

/** Renders inside the frame. */
export function renderInPage(children: ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <IntlProvider locale="en" messages={messagesOf("en")} timeZone="UTC">
      <QueryClientProvider client={queries}>
        <ToastProvider>{children}</ToastProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
}

/** A running LoRA run at step 30 of 100, with whatever a test changes. */
export function someRun(change: Partial<RunDetail> = {}): RunDetail {
  return {
    id: "r1",
    name: "first-run",
    kind: "train",
    status: "running",
    phase: "train",
    engine: "embedded",
    origin: "console",
    model: "starter",
    template: "qwen",
    stage: "sft",
    method: "lora",
    datasets: ["identity", "general"],
    learning_rate: 2e-4,
    lora_rank: 8,
    step: 30,
    total_steps: 100,
    epoch: 0.9,
    elapsed_seconds: 90,
    remaining_seconds: 210,
    tokens_per_second: 258.4,
    loss: 1.2,
    eval_loss: 1.3,
    best_eval_loss: 1.25,
    best_step: 20,
    sparkline: [3, 2, 1.2],
    created_at: "2026-11-24T10:00:00Z",
    started_at: "2026-11-24T10:00:01Z",
    ended_at: null,
    error: null,
    failure: null,
    engine_reason: null,
    can_resume: false,
    resume_blocked_reason: null,
    notes: "",
    tags: [],
    sweep: null,
    continued_from: null,
    queue_position: null,
    in_place: false,
    continuations: {
      fresh: { from: "final", step: 60, reason: null },
      extended: { from: null, step: null, reason: "No checkpoint was saved before it ended." },
    },
    folder: "saves/starter/lora/first-run",
    config: {
      num_train_epochs: 3,
      per_device_train_batch_size: 8,
      gradient_accumulation_steps: 2,
      finetuning_type: "lora",
    },
    yaml: "",
    command: "",
    checkpoints: [],
    files: [],
    ...change,
  };
}
