"use client";
/**
 * System prompt and sampling, the same for all panes; greedy and seeded unless changed, so that the difference between
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
import { type ChatSettings, DEFAULT_SETTINGS } from "./kept-chats";

export interface ChatDrawerProps {
  onClose: () => void;
  settings: ChatSettings;
  onChange: (change: Partial<ChatSettings>) => void;
}

const FIELDS: readonly { key: keyof Sampling; step: number; min: number; max: number }[] = [
  { key: "temperature", step: 0.05, min: 0, max: 2 },
  { key: "top_p", step: 0.05, min: 0.01, max: 1 },
  { key: "top_k", step: 1, min: 0, max: 1000 },
  { key: "repetition_penalty", step: 0.05, min: 0.1, max: 5 },
  { key: "max_tokens", step: 1, min: 1, max: 8192 },
  { key: "seed", step: 1, min: -2147483648, max: 2147483647 },
];

export function ChatDrawer({ onClose, settings, onChange }: ChatDrawerProps) {
  const t = useTranslations("chat.drawer");
  const { sampling } = settings;
  const { data: engines } = useQuery(enginesQuery);
  const hasOtherEngine =
    settings.engine !== "auto" ||
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
            value={settings.system}
            placeholder={t("systemNone")}
            onChange={(event) => onChange({ system: event.target.value })}
          />
        )}
      </Field>
      {hasOtherEngine && (
        <Field label={t("engine")} explanation={t("engineWhy")}>
          {() => (
            <Segmented<EngineWish>
              small
              aria-label={t("engine")}
              value={settings.engine}
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
              sampling[key] === DEFAULT_SETTINGS.sampling[key]
                ? undefined
                : {
                    label: t("reset", { value: DEFAULT_SETTINGS.sampling[key] }),
                    onReset: () => setNumber(key, String(DEFAULT_SETTINGS.sampling[key])),
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
        <Button size="sm" onClick={() => onChange({ sampling: DEFAULT_SETTINGS.sampling })}>
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
