"use client";
/** Says that what belongs here is on its way; only where it takes longer than one notices. */
import { useTranslations } from "use-intl";

export function ReadingLine() {
  const t = useTranslations("shell");
  return (
    <p role="status" className="muted reading pt-1.5">
      {t("reading")}
    </p>
  );
}
