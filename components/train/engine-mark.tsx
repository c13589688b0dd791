"use client";
/** Says at an option that only the llamafactory engine has it; why, and how to come by that engine, once it is asked. */
import { lazy } from "react";
import { useTranslations } from "use-intl";
import { OpensLate } from "../ui/opens-late";

const loadFloat = () => import("./engine-mark-float").then((module) => ({ default: module.EngineMarkFloat }));
const EngineMarkFloat = lazy(loadFloat);

export function EngineMark({ reason }: { reason: string }) {
  const t = useTranslations("train.engine");
  const button = (
    <button type="button" className="tag tag--mark" aria-label={t("needsOther")} title={t("needsOther")}>
      LF
    </button>
  );
  return (
    <OpensLate
      popup="dialog"
      button={button}
      load={loadFloat}
      opened={() => <EngineMarkFloat reason={reason}>{button}</EngineMarkFloat>}
    />
  );
}
