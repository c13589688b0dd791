"use client";
/** How a dataset stands, as a shape, a colour and a few words. */
import { useTranslations } from "use-intl";
import type { DatasetListItem, Survey } from "@/server/contract/datasets";
import type { RunStatus } from "@/server/contract/run";
import { useSay } from "../i18n/use-say";
import { StatusMark } from "../ui/status-mark";

export function HealthMark({ dataset, survey }: { dataset: DatasetListItem; survey: Survey | null }) {
  const t = useTranslations("datasets.health");
  const say = useSay();
  const [status, text] = healthOf(dataset, survey, t);
  return (
    <span title={dataset.problem === null ? undefined : say(dataset.problem)}>
      <StatusMark status={status} text={text} />
    </span>
  );
}

type Words = ReturnType<typeof useTranslations<"datasets.health">>;

function healthOf(dataset: DatasetListItem, survey: Survey | null, t: Words): [RunStatus, string] {
  if (dataset.fault !== null) {
    const elsewhere = dataset.fault === "hub" || dataset.fault === "media";
    return [elsewhere ? "queued" : "failed", t(`fault.${dataset.fault}`)];
  }
  if (dataset.counting) return ["running", t("counting")];
  if (!survey) return ["finished", t("readable")];
  if (survey.bad.count > 0) return ["interrupted", t("bad", { count: survey.bad.count })];
  if (survey.empty.count > 0) return ["interrupted", t("empty", { count: survey.empty.count })];
  if (survey.copies.count > 0) return ["interrupted", t("copies", { count: survey.copies.count })];
  return survey.state === "running" ? ["running", t("checking")] : ["finished", t("good")];
}
