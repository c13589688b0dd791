"use client";
/** The export page: what to export at the left, exports with their progress and files at the right. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useSearchState } from "../live/use-search-state";
import { EmptyState } from "../ui/empty-state";
import { Message } from "../ui/message";
import { ExportForm } from "./export-form";
import { ExportList } from "./export-list";
import { exportsQuery } from "./export-queries";
import { PushList } from "./push-list";
import { pushesQuery } from "./push-queries";

export function ExportPage() {
  const t = useTranslations("export");
  const { data, error } = useQuery(exportsQuery);
  const { data: pushes } = useQuery(pushesQuery);
  const [search] = useSearchState();
  return (
    <main id="main" className="ds">
      <section className="page" aria-label={t("title")}>
        <div className="page-head">
          <h1>{t("title")}</h1>
        </div>
        <p className="muted mb-3">{t("lead")}</p>
        <ExportForm target={search.get("target") ?? ""} />
      </section>
      <section className="page" aria-label={t("list")}>
        <PushList pushes={pushes ?? []} />
        {error && <Message kind="bad">{error.message}</Message>}
        {!data && !error && <p className="muted">{t("loading")}</p>}
        {data?.length === 0 && <EmptyState title={t("emptyTitle")}>{t("empty")}</EmptyState>}
        {data && data.length > 0 && <ExportList items={data} />}
      </section>
    </main>
  );
}
