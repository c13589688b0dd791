"use client";
/** The train page: opens the form as soon as it is known with what. */
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { readDraft } from "./draft";
import { wholeForm } from "./late-parts";
import { TrainForm } from "./train-form";
import { useInitialForm, type WrittenChange } from "./use-initial-form";

export function TrainPage({ from, change }: { from: string | null; change?: WrittenChange }) {
  const t = useTranslations("train");
  const initial = useInitialForm(from, change);
  const whole = wholeForm.useLoaded();
  const needsWhole = initial !== null && !initial.firstVisit && whole === null;
  useEffect(() => {
    // Who left a draft or follows a link is no first visitor: the whole form comes beside the data.
    if (needsWhole || from !== null || readDraft()) wholeForm.begin();
  }, [needsWhole, from]);
  if (initial && !needsWhole) return <TrainForm initial={initial} />;
  return (
    <main id="main" className="page" aria-busy="true">
      <div className="page-head">
        <h1>{t("title")}</h1>
      </div>
      <p className="muted">{t("opening")}</p>
    </main>
  );
}
