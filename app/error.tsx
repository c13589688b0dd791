"use client";
/** A page that threw: says what, and tries again. The frame around it stays. */
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("shell");
  return (
    <main id="main" className="page">
      <EmptyState title={t("brokenTitle")} action={<Button onClick={reset}>{t("retry")}</Button>}>
        {t("brokenBody", { message: error.message })}
      </EmptyState>
    </main>
  );
}
