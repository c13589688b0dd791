"use client";
/** The train page: opens the form as soon as it is known with what. */
import { useTranslations } from "use-intl";
import { TrainForm } from "./train-form";
import { useInitialForm } from "./use-initial-form";

export function TrainPage({ from }: { from: string | null }) {
  const t = useTranslations("train");
  const initial = useInitialForm(from);
  if (initial) return <TrainForm initial={initial} />;
  return (
    <main id="main" className="page" aria-busy="true">
      <div className="page-head">
        <h1>{t("title")}</h1>
      </div>
    </main>
  );
}
