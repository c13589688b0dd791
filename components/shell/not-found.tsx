"use client";
/** What an address without a page shows. */
import Link from "next/link";
import { useTranslations } from "use-intl";
import { buttonClass } from "../ui/button";
import { EmptyState } from "../ui/empty-state";

export function NotFound() {
  const t = useTranslations("shell");
  return (
    <main id="main" className="page">
      <EmptyState
        title={t("notFoundTitle")}
        action={
          <Link href="/train" className={buttonClass()}>
            {t("notFoundWay")}
          </Link>
        }
      />
    </main>
  );
}
