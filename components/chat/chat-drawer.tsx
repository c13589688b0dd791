"use client";
/**
 * System prompt, tools and sampling, the same for all panes; greedy and seeded unless changed, so that the difference between
 * the answers is the training.
 */
import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, useState } from "react";
import { useTranslations } from "use-intl";
import { enginesQuery } from "@/components/api/queries";
import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { TextArea, TextInput } from "@/components/ui/text-input";
import { type EngineWish, engineWishSchema } from "@/server/contract/api";
import { type Sampling, samplingSchema } from "@/server/contract/chat";
import { parseTools } from "@/server/contract/chat-tools";
import type { Asking } from "@/server/contract/conversations";
import { DEFAULT_SETTINGS } from "./chat-settings";

export interface ChatDrawerProps {
  onClose: () => void;
  asking: Asking;
  onChange: (change: Partial<Asking>) => void;
}

const DEFAULTS = DEFAULT_SETTINGS.asking.sampling;

const FIELDS: readonly { key: keyof Sampling; step: number; min: number; max: number }[] = [
  { key: "temperature", step: 0.05, min: 0, max: 2 },
  { key: "top_p", step: 0.05, min: 0.01, max: 1 },
  { key: "top_k", step: 1, min: 0, max: 1000 },
  { key: "repetition_penalty", step: 0.05, min: 0.1, max: 5 },
  { key: "max_tokens", step: 1, min: 1, max: 8192 },
  { key: "seed", step: 1, min: -2147483648, max: 2147483647 },
];

const TOOLS_EXAMPLE = '[{"name": "weather", "description": "…", "parameters": {…}}]';

export function ChatDrawer({ onClose, asking, onChange }: ChatDrawerProps) {
  const t = useTranslations("chat.drawer");
  const { sampling } = asking;
  const { data: engines } = useQuery(enginesQuery);
  const hasOtherEngine =
    asking.engine !== "auto" ||
    (engines?.items.some(({ id, available }) => id === "llamafactory" && available) ?? false);
  const greedy = sampling.temperature === 0;

  function setNumber(key: keyof Sampling, text: string) {
    const next = samplingSchema.safeParse({ ...sampling, [key]: Number(text) });
    if (text.trim() !== "" && next.success) onChange({ sampling: next.data });
  }

  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <Field label={t("system")} explanation={t("systemWhy")}>
        {(ids) => (
          <TextArea
            {...ids}
            rows={4}
            value={asking.system}
            placeholder={t("systemNone")}
            onChange={(event) => onChange({ system: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t("tools")}
        explanation={t("toolsWhy")}
        problem={parseTools(asking.tools) === null ? { severity: "error", message: t("toolsBad") } : null}
      >
        {(ids) => (
          <TextArea
            {...ids}
            rows={3}
            className="mono"
            spellCheck={false}
            value={asking.tools}
            placeholder={TOOLS_EXAMPLE}
            onChange={(event) => onChange({ tools: event.target.value })}
          />
        )}
      </Field>
      {hasOtherEngine && (
        <Field label={t("engine")} explanation={t("engineWhy")}>
          {() => (
            <Segmented<EngineWish>
              small
              aria-label={t("engine")}
              value={asking.engine}
              onChange={(engine) => onChange({ engine })}
              options={engineWishSchema.options.map((value) => ({ value, label: t(`engines.${value}`) }))}
            />
          )}
        </Field>
      )}
      <p className="muted text-md">{greedy ? t("greedy") : t("sampled")}</p>
      <div className="grid2">
        {FIELDS.map(({ key, ...limits }) => (
          <Field
            key={key}
            label={t(`${key}.label`)}
            explanation={t(`${key}.why`)}
            changed={
              sampling[key] === DEFAULTS[key]
                ? undefined
                : {
                    label: t("reset", { value: DEFAULTS[key] }),
                    onReset: () => setNumber(key, String(DEFAULTS[key])),
                  }
            }
          >
            {(ids) => (
              <NumberInput
                {...ids}
                {...limits}
                value={sampling[key]}
                onText={(text) => setNumber(key, text)}
              />
            )}
          </Field>
        ))}
      </div>
      <div>
        <Button size="sm" onClick={() => onChange({ sampling: DEFAULTS })}>
          {t("resetAll")}
        </Button>
      </div>
    </Sheet>
  );
}

interface NumberInputProps extends Omit<ComponentProps<"input">, "value"> {
  value: number;
  onText: (text: string) => void;
}

/** Shows what is being typed, finished or not; leaving the field shows the value that counts. */
function NumberInput({ value, onText, ...rest }: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <TextInput
      {...rest}
      type="number"
      value={draft ?? value}
      onChange={(event) => {
        setDraft(event.target.value);
        onText(event.target.value);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}
