"use client";
/** A memory forecast as one bar in its parts' colours against what there is, and the parts as a list. */
import { type CSSProperties } from "react";
import { useTranslations } from "use-intl";
import type { MemoryForecast } from "@/server/contract/memory-forecast";
import { MEMORY_PARTS, type MemoryPart } from "@/server/contract/memory-parts";
import { useFormat } from "../i18n/use-format";
import { Exact } from "../ui/exact";
import { Meter } from "../ui/meter";

const PART_COLOURS: Record<MemoryPart, string> = {
  weights: "var(--s1)",
  gradients: "var(--s5)",
  optimizer: "var(--s3)",
  activations: "var(--s4)",
  logits: "var(--s2)",
  overhead: "var(--s6)",
};

/** A need smaller than this share of the bar is one piece: six slivers would look like more than they are. */
const SLIVER = 0.08;

export interface MemoryBarProps {
  forecast: Pick<MemoryForecast, "parts" | "device_bytes">;
  /** What the whole bar stands for, in bytes. */
  whole: number;
  /** Taken by others already. */
  used?: number;
  className?: string;
}

export function MemoryPartsBar({ forecast, whole, used = 0, className }: MemoryBarProps) {
  const t = useTranslations("models.memory");
  const format = useFormat();
  const needed = partsOf(forecast);
  const words = needed.map((part) => `${t(`part.${part}`)} ${format.bytes(forecast.parts[part])}`);
  const taken = forecast.device_bytes / whole;
  const parts =
    taken < SLIVER
      ? [{ share: taken }]
      : needed.map((part) => ({
          share: forecast.parts[part] / whole,
          colour: PART_COLOURS[part],
        }));
  return (
    <Meter
      large
      className={className}
      label={words.join(", ")}
      parts={[...(used > 0 ? [{ share: used / whole, kind: "used" as const }] : []), ...parts]}
    />
  );
}

/** The parts that take anything. */
function partsOf({ parts }: Pick<MemoryForecast, "parts">): MemoryPart[] {
  return MEMORY_PARTS.filter((part) => parts[part] > 0);
}

/** Each part with its colour and size; `used` first where it is given. */
export function MemoryPartList({ forecast, used }: { forecast: MemoryForecast; used?: number }) {
  const t = useTranslations("models.memory");
  return (
    <table className="text-md">
      <caption className="vh">{t("parts")}</caption>
      <tbody>
        {used !== undefined && <Part name={t("used")} bytes={used} colour="var(--fg-off)" />}
        {partsOf(forecast).map((part) => (
          <Part
            key={part}
            name={t(`part.${part}`)}
            bytes={forecast.parts[part]}
            colour={PART_COLOURS[part]}
          />
        ))}
        {forecast.host_bytes > 0 && (
          <Part name={t("offloaded")} bytes={forecast.host_bytes} colour="var(--line-2)" />
        )}
      </tbody>
    </table>
  );
}

function Part({ name, bytes, colour }: { name: string; bytes: number; colour: string }) {
  const format = useFormat();
  return (
    <tr>
      <td className="h-8 w-7">
        <span className="swatch" style={{ "--c": colour } as CSSProperties} />
      </td>
      <td>{name}</td>
      <td className="n">
        <Exact value={format.count(bytes)}>{format.bytes(bytes)}</Exact>
      </td>
    </tr>
  );
}
