"use client";
/** The train page: opens the form as soon as it is known with what. */
import { useTranslations } from "use-intl";
import { TrainForm } from "./train-form";
import { useInitialForm, type WrittenChange } from "./use-initial-form";

export function TrainPage({ from, change }: { from: string | null; change?: WrittenChange }) {
  const t = useTranslations("train");
  const initial = useInitialForm(from, change);
  if (initial) return <TrainForm initial={initial} />;
  return (
    <main id="main" className="page" aria-busy="true">
      <div className="page-head">
        <h1>{t("title")}</h1>
      </div>
      <p className="muted">{t("opening")}</p>
    </main>
  );
}
