"use client";
/** The train page. */
import { useTranslations } from "use-intl";

export function TrainPage({ from: _from }: { from: string | null }) {
  const t = useTranslations("train");
  return (
    <main id="main" className="page">
      <h1>{t("title")}</h1>
    </main>
  );
}
