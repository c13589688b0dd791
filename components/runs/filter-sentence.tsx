"use client";
/** The filter of the list, read as a sentence: "Show runs of any model on any data by any method that are in any state, newest first". */
import { useTranslations } from "use-intl";
import { Icon } from "@/components/ui/icon";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { RunSummary } from "@/server/contract/run";
import { choicesOf, methodOf, ORDERS, type RunFilter, STATES } from "./run-filter";

export interface FilterSentenceProps {
  runs: readonly RunSummary[];
  filter: RunFilter;
  onChange: (change: Partial<RunFilter>) => void;
}

export function FilterSentence({ runs, filter, onChange }: FilterSentenceProps) {
  const t = useTranslations("runs.filter");
  const models = choicesOf(runs.map((run) => run.model));
  const datasets = choicesOf(runs.flatMap((run) => run.datasets));
  const methods = choicesOf(runs.map(methodOf));
  const tags = choicesOf(runs.flatMap((run) => run.tags));
  return (
    <>
      {t.rich("sentence", {
        w: (words) => <span className="muted">{words}</span>,
        model: () => (
          <Choice
            key="model"
            label={t("model")}
            text={filter.model ?? t("anyModel")}
            active={filter.model !== null}
            items={[null, ...models].map((model) => ({
              key: model ?? "any",
              label: model ?? t("anyModel"),
              checked: filter.model === model,
              onSelect: () => onChange({ model }),
            }))}
          />
        ),
        data: () => (
          <Choice
            key="data"
            label={t("data")}
            text={filter.dataset ?? t("anyData")}
            active={filter.dataset !== null}
            items={[null, ...datasets].map((dataset) => ({
              key: dataset ?? "any",
              label: dataset ?? t("anyData"),
              checked: filter.dataset === dataset,
              onSelect: () => onChange({ dataset }),
            }))}
          />
        ),
        method: () => (
          <Choice
            key="method"
            label={t("method")}
            text={filter.method ?? t("anyMethod")}
            active={filter.method !== null}
            items={[null, ...methods].map((method) => ({
              key: method ?? "any",
              label: method ?? t("anyMethod"),
              checked: filter.method === method,
              onSelect: () => onChange({ method }),
            }))}
          />
        ),
        tag: () =>
          // Words about tags would only puzzle who has none.
          tags.length === 0 && filter.tag === null ? null : (
            <span key="tag" className="contents">
              <span className="muted">{t("tagged")}</span>{" "}
              <Choice
                label={t("tag")}
                text={filter.tag ?? t("anyTag")}
                active={filter.tag !== null}
                items={[null, ...tags].map((tag) => ({
                  key: tag ?? "any",
                  label: tag ?? t("anyTag"),
                  checked: filter.tag === tag,
                  onSelect: () => onChange({ tag }),
                }))}
              />
            </span>
          ),
        state: () => (
          <Choice
            key="state"
            label={t("state")}
            text={t(`states.${filter.state}`)}
            active={filter.state !== "any"}
            items={STATES.map((state) => ({
              key: state,
              label: t(`states.${state}`),
              checked: filter.state === state,
              onSelect: () => onChange({ state }),
            }))}
          />
        ),
        order: () => (
          <Choice
            key="order"
            label={t("order")}
            text={t(`orders.${filter.order}`)}
            active={filter.order !== "newest"}
            items={ORDERS.map((order) => ({
              key: order,
              label: t(`orders.${order}`),
              checked: filter.order === order,
              onSelect: () => onChange({ order }),
            }))}
          />
        ),
      })}
    </>
  );
}

interface ChoiceProps {
  label: string;
  text: string;
  active: boolean;
  items: readonly MenuItem[];
}

function Choice({ label, text, active, items }: ChoiceProps) {
  return (
    <Menu items={items} align="start">
      <button
        type="button"
        className={`btn btn--sm max-w-56 ${active ? "border-accent! text-accent!" : ""}`}
        aria-label={`${label}: ${text}`}
      >
        <span className="clip">{text}</span>
        <Icon name="down" small />
      </button>
    </Menu>
  );
}
