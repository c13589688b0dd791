"use client";
/** The models page: hubs at the top, downloads, what is here, adapters; the chosen model beside them. */
import { useQuery } from "@tanstack/react-query";
import type { CSSProperties } from "react";
import { useTranslations } from "use-intl";
import type { ModelSummary } from "@/server/contract/api";
import { machineQuery, modelsQuery } from "../api/queries";
import { useFormat } from "../i18n/use-format";
import { useJoining } from "../i18n/use-joining";
import { useRuns } from "../live/use-live";
import { useSearchState } from "../live/use-search-state";
import { EmptyState } from "../ui/empty-state";
import { Message } from "../ui/message";
import { AdapterTable } from "./adapter-table";
import { AddFolder } from "./add-folder";
import { DownloadList } from "./download-list";
import { HubSearch } from "./hub-search";
import { ModelPanel } from "./model-panel";
import { ModelTable } from "./model-table";
import { useDownloads } from "./use-downloads";

export function ModelsPage() {
  const t = useTranslations("models");
  const { data, error } = useQuery(modelsQuery);
  const { data: runs = [] } = useRuns();
  const { data: downloads } = useDownloads();
  const [search, setSearch] = useSearchState();
  const models = data?.items ?? [];
  const picked = models.find((model) => model.path === search.get("model")) ?? models[0] ?? null;
  return (
    <main id="main" className="split" style={{ "--side": "440px" } as CSSProperties}>
      <div className="page">
        <div className="page-head">
          <h1>{t("title")}</h1>
          {data && <Summary models={models} />}
          <div className="acts">
            <AddFolder onAdded={(path) => setSearch({ model: path })} />
          </div>
        </div>
        <HubSearch />
        <DownloadList downloads={downloads?.items ?? []} />
        <section aria-label={t("here")}>
          <h2>{t("here")}</h2>
          {error && <Message kind="bad">{t("unreadable", { reason: error.message })}</Message>}
          {!data && !error && <p className="muted">{t("loading")}</p>}
          {data && models.length === 0 && <EmptyState title={t("emptyTitle")}>{t("empty")}</EmptyState>}
          {models.length > 0 && (
            <ModelTable
              models={models}
              runs={runs}
              picked={picked?.path ?? null}
              onPick={(path) => setSearch({ model: path })}
            />
          )}
        </section>
        <AdapterTable />
      </div>
      <aside className="side" aria-label={t("panel.title")}>
        <div className="stick p-5">{picked && <ModelPanel key={picked.path} model={picked} />}</div>
      </aside>
    </main>
  );
}

function Summary({ models }: { models: readonly ModelSummary[] }) {
  const t = useTranslations("models");
  const format = useFormat();
  const { sentences } = useJoining();
  const { data: machine } = useQuery(machineQuery);
  const bytes = models.reduce((sum, model) => sum + (model.bytes ?? 0), 0);
  return (
    <span className="faint">
      {sentences([
        t("summary", { count: models.length, size: format.bytes(bytes) }),
        ...(machine ? [t("free", { size: format.bytes(machine.disk_free_bytes) })] : []),
      ])}
    </span>
  );
}
