"use client";
/** Memory on every engine and device there is, in its parts, against what there is; the rule of thumb beside it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { MemoryForecast } from "@/server/contract/memory-forecast";
import { machineQuery } from "../api/queries";
import { useFormat } from "../i18n/use-format";
import { useJoining } from "../i18n/use-joining";
import { FitMark } from "../models/fit-mark";
import { MemoryPartList, MemoryPartsBar } from "../models/memory-bar";
import { Disclosure } from "../ui/disclosure";
import { Exact } from "../ui/exact";

export function MemoryOutlook({ memory }: { memory: readonly MemoryForecast[] }) {
  return memory.map((forecast) => <PlaceMemory key={forecast.engine} forecast={forecast} />);
}

function PlaceMemory({ forecast }: { forecast: MemoryForecast }) {
  const t = useTranslations("train.will");
  const tMemory = useTranslations("models.memory");
  const format = useFormat();
  const { clauses, named } = useJoining();
  const [open, setOpen] = useState(false);
  const { data: machine } = useQuery(machineQuery);
  const { engine, device, devices, device_bytes, host_bytes, rule_of_thumb_bytes } = forecast;
  if (!machine) return null;
  const isHere = device === "cpu";
  const used = isHere ? machine.memory_used_bytes : 0;
  const total = isHere ? machine.memory_total_bytes : (forecast.capacity_bytes ?? device_bytes);
  const place =
    engine === "embedded"
      ? tMemory("engine.embedded")
      : isHere
        ? tMemory("engine.llamafactoryCpu")
        : tMemory("engine.llamafactoryGpu", { count: devices });
  return (
    <div className="fc">
      <div className="row">
        <span>{t("memory")}</span>
        <span className="row">
          <FitMark fits={forecast.fits} />
          <Exact value={format.count(device_bytes)} className="strong">
            {t("atMost", { bytes: format.bytes(device_bytes) })}
          </Exact>
        </span>
      </div>
      <MemoryPartsBar forecast={forecast} whole={Math.max(total, device_bytes + used)} used={used} />
      <small className="muted">
        {clauses([
          place,
          ...(isHere ? [t("memoryUse", { used: format.bytes(used), total: format.bytes(total) })] : []),
          ...(host_bytes > 0 ? [named(tMemory("offloaded"), format.bytes(host_bytes))] : []),
        ])}
      </small>
      <Disclosure title={tMemory("parts")} open={open} onOpenChange={setOpen}>
        <MemoryPartList forecast={forecast} />
        {rule_of_thumb_bytes !== null && (
          <p className="hint">{tMemory("thumb", { size: format.bytes(rule_of_thumb_bytes) })}</p>
        )}
      </Disclosure>
    </div>
  );
}
