"use client";
/** How full the machine is while the run goes. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { machineQuery } from "@/components/api/queries";
import { useFormat } from "@/components/i18n/use-format";
import { Meter } from "@/components/ui/meter";

export function MachineView() {
  const t = useTranslations("run.machine");
  const format = useFormat();
  const { data: machine } = useQuery(machineQuery);
  if (!machine) return <p className="muted px-5 pt-3">{t("waiting")}</p>;
  const bars = [
    {
      name: t("cpu", { count: machine.cpu_threads }),
      share: machine.cpu_load,
      text: format.percent(machine.cpu_load),
    },
    {
      name: t("memory"),
      share: machine.memory_used_bytes / machine.memory_total_bytes,
      text: t("of", {
        used: format.bytes(machine.memory_used_bytes),
        total: format.bytes(machine.memory_total_bytes),
      }),
    },
    ...machine.gpus.flatMap((gpu) =>
      gpu.memory_used_bytes === null || gpu.memory_total_bytes === null
        ? []
        : [
            {
              name: gpu.name,
              share: gpu.memory_used_bytes / gpu.memory_total_bytes,
              text: t("of", {
                used: format.bytes(gpu.memory_used_bytes),
                total: format.bytes(gpu.memory_total_bytes),
              }),
            },
          ],
    ),
  ];
  return (
    <dl className="flex flex-col gap-4 px-5 pt-4 pb-5 text-md max-wide:px-4">
      {bars.map((bar) => (
        <div key={bar.name} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-2 gap-y-1">
          <dt>{bar.name}</dt>
          <dd className="muted">{bar.text}</dd>
          <dd className="col-span-2">
            <Meter parts={[{ share: bar.share }]} label={`${bar.name}: ${bar.text}`} />
          </dd>
        </div>
      ))}
      <div className="row between">
        <dt>{t("disk")}</dt>
        <dd className="muted">{t("free", { size: format.bytes(machine.disk_free_bytes) })}</dd>
      </div>
    </dl>
  );
}
