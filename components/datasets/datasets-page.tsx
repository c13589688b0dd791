"use client";
/** The datasets page: the list at the left, the chosen dataset at the right; files can be dropped anywhere. */
import dynamic from "next/dynamic";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import type { DatasetListItem } from "@/server/contract/datasets";
import { useSay } from "../i18n/use-say";
import { useRuns } from "../live/use-live";
import { useSearchState } from "../live/use-search-state";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Icon } from "../ui/icon";
import { Message } from "../ui/message";
import { useFileDrop } from "../ui/use-file-drop";
import { datasetListQuery, registryQuery } from "./dataset-queries";
import { DatasetPanel } from "./dataset-panel";
import { DatasetTable } from "./dataset-table";
import { RegistryRepair } from "./registry-repair";
import { useIncoming } from "./use-incoming";

const AddSheet = dynamic(() => import("./add-sheet").then((module) => module.AddSheet));
const IdentitySheet = dynamic(() => import("./identity-sheet").then((module) => module.IdentitySheet));

export function DatasetsPage() {
  const t = useTranslations("datasets");
  const { data, error } = useQuery(datasetListQuery);
  const [search, setSearch] = useSearchState();
  const [open, setOpen] = useState<"add" | "identity" | null>(null);
  const incoming = useIncoming();
  const { files, send, remove } = incoming;
  const items = useMemo(() => data?.items ?? [], [data]);
  const selected = search.get("name") ?? items[0]?.name ?? "";
  const select = useCallback((name: string) => setSearch({ name }), [setSearch]);

  const isDropping = useFileDrop((dropped) => {
    setOpen("add");
    send(dropped);
  });

  function close() {
    setOpen(null);
    remove(files.map(({ key }) => key));
  }

  const added = useCallback(
    (name: string) => {
      setOpen(null);
      select(name);
    },
    [select],
  );

  return (
    <main id="main" className="ds">
      <section className="page" aria-label={t("title")}>
        <div className="page-head">
          <h1>{t("title")}</h1>
          <div className="acts">
            <Button kind="ghost" onClick={() => setOpen("identity")}>
              {t("identity.open")}
            </Button>
            <Button kind="primary" icon="plus" onClick={() => setOpen("add")}>
              {t("add.open")}
            </Button>
          </div>
        </div>
        {error && <Message kind="bad">{error.message}</Message>}
        {!data && !error && <p className="muted">{t("loading")}</p>}
        {data && data.problems.length > 0 && <BrokenRegistry problems={data.problems} />}
        {data && data.problems.length === 0 && items.length === 0 && (
          <EmptyState
            title={t("emptyTitle")}
            action={
              <Button kind="primary" onClick={() => setOpen("add")}>
                {t("add.open")}
              </Button>
            }
          >
            {t("empty")}
          </EmptyState>
        )}
        {items.length > 0 && <DatasetList items={items} selected={selected} onSelect={select} />}
        <p className="hint mt-3">{t("hint")}</p>
      </section>
      {items.some((item) => item.name === selected) && (
        <section className="page" aria-label={selected}>
          <DatasetPanel key={selected} name={selected} onRemoved={() => setSearch({ name: null })} />
        </section>
      )}
      {open === "add" && <AddSheet incoming={incoming} onClose={close} onAdded={added} />}
      {open === "identity" && (
        <IdentitySheet freeName={freeName("identity", items)} onClose={close} onAdded={added} />
      )}
      {isDropping && <div className="drop-veil">{t("add.dropHere")}</div>}
    </main>
  );
}

function DatasetList({
  items,
  selected,
  onSelect,
}: {
  items: readonly DatasetListItem[];
  selected: string;
  onSelect: (name: string) => void;
}) {
  const t = useTranslations("datasets");
  const { data: runs = [] } = useRuns();
  const [text, setText] = useState("");
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = items.filter(({ name, file_name }) =>
    words.every((word) => `${name} ${file_name ?? ""}`.toLowerCase().includes(word)),
  );
  return (
    <>
      <label className="find find--field mb-2 w-full!">
        <Icon name="search" />
        <input
          data-find
          placeholder={t("find", { count: items.length })}
          aria-label={t("find", { count: items.length })}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      {shown.length === 0 ? (
        <p className="muted">{t("noMatch", { text })}</p>
      ) : (
        <DatasetTable datasets={shown} runs={runs} selected={selected} onSelect={onSelect} />
      )}
    </>
  );
}

/** A file that is there and broken comes with its repair; one that is missing is only said to be. */
function BrokenRegistry({ problems }: { problems: readonly string[] }) {
  const say = useSay();
  const { data } = useQuery(registryQuery);
  if (data?.problem) return <RegistryRepair key={data.text} registry={data} />;
  return problems.map((problem) => (
    <Message key={problem} kind="bad">
      {say(problem)}
    </Message>
  ));
}

function freeName(name: string, items: readonly DatasetListItem[]): string {
  const taken = new Set(items.map((item) => item.name));
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}_${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}
