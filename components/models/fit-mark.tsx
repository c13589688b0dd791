"use client";
/** Whether something fits: a shape, a colour and a word. */
import { useTranslations } from "use-intl";
import type { MemoryForecast } from "@/server/contract/memory-forecast";
import { StatusMark } from "../ui/status-mark";

const MARKS = { room: "finished", fits: "finished", no: "failed" } as const;

export function FitMark({ fits }: { fits: MemoryForecast["fits"] }) {
  const t = useTranslations("models.memory.fit");
  return fits === null ? null : <StatusMark status={MARKS[fits]} text={t(fits)} />;
}
