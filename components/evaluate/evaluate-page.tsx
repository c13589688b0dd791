"use client";
/** The evaluate page: what to measure and what has been measured at the left, one or two results at the right. */
import { useCallback, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useRuns } from "../live/use-live";
import { useSearchState } from "../live/use-search-state";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Message } from "../ui/message";
import { EvaluationFormView } from "./evaluation-form";
import { EvaluationPanel } from "./evaluation-panel";
import { EvaluationTable } from "./evaluation-table";

/** Beside each other, so many answers can be read. */
const MOST_COMPARED = 2;

export function EvaluatePage() {
  const t = useTranslations("evaluate");
  const { data: runs, error } = useRuns();
  const [search, setSearch] = useSearchState();
  const asked = search.get("target") ?? "";
  const [isOpen, setIsOpen] = useState(asked !== "");
  const evaluations = useMemo(() => (runs ?? []).filter(({ kind }) => kind === "evaluate"), [runs]);
  const wanted = search.get("id")?.split(",") ?? evaluations.slice(0, 1).map(({ id }) => id);
  const selected = wanted.filter((id) => evaluations.some((run) => run.id === id)).slice(0, MOST_COMPARED);
  const shown = selected.flatMap((id) => evaluations.find((run) => run.id === id) ?? []);
  const select = useCallback(
    (ids: readonly string[]) => setSearch({ id: ids.join(",") || null }),
    [setSearch],
  );

  function toggle(id: string) {
    if (selected.includes(id)) select(selected.filter((each) => each !== id));
    else select([...selected.slice(-(MOST_COMPARED - 1)), id]);
  }

  const showsForm = isOpen || (runs !== undefined && evaluations.length === 0);
  return (
    <main id="main" className="ds">
      <section className="page" aria-label={t("title")}>
        <div className="page-head">
          <h1>{t("title")}</h1>
          <div className="acts">
            {evaluations.length > 0 && (
              <Button
                kind={isOpen ? "plain" : "primary"}
                icon={isOpen ? "close" : "plus"}
                aria-expanded={isOpen}
                onClick={() => setIsOpen(!isOpen)}
              >
                {t(isOpen ? "closeForm" : "new")}
              </Button>
            )}
          </div>
        </div>
        {showsForm && (
          <EvaluationFormView
            target={asked}
            onStarted={(id) => {
              setIsOpen(false);
              setSearch({ id, target: null });
            }}
          />
        )}
        {error && <Message kind="bad">{error.message}</Message>}
        {!runs && !error && <p className="muted">{t("loading")}</p>}
        {runs && evaluations.length === 0 && <EmptyState title={t("emptyTitle")}>{t("empty")}</EmptyState>}
        {evaluations.length > 0 && (
          <>
            <EvaluationTable
              evaluations={evaluations}
              selected={selected}
              onSelect={(id) => select([id])}
              onCompare={toggle}
            />
            <p className="hint mt-3">{t("compareHint")}</p>
          </>
        )}
      </section>
      {shown.length > 0 && (
        <section className="page" aria-label={shown.map(({ name }) => name).join(", ")}>
          <EvaluationPanel key={selected.join()} evaluations={shown} />
        </section>
      )}
    </main>
  );
}
