"use client";
/** Which engine runs on what, and how full the machine's memory is. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { machineQuery } from "../api/queries";
import { useFormat } from "../i18n/use-format";
import { Meter } from "../ui/meter";

export function DeviceStatus() {
  const t = useTranslations("shell");
  const format = useFormat();
  const { data: machine } = useQuery(machineQuery);
  if (!machine) return <span className="device" />;

  const gpu = machine.gpus[0];
  const figures = {
    used: format.gigabytes(machine.memory_used_bytes),
    total: format.gigabytes(machine.memory_total_bytes),
  };
  return (
    <span className="device">
      <b className="wide-only">{t("embedded")}</b>
      <span className="wide-only max-[960px]:hidden">
        {gpu?.name ?? t("cpuThreads", { count: machine.cpu_threads })}
      </span>
      <Meter
        parts={[{ share: machine.memory_used_bytes / machine.memory_total_bytes, kind: "used" }]}
        label={t("memoryLabel", figures)}
      />
      <span>{t("memoryOf", figures)}</span>
    </span>
  );
}
