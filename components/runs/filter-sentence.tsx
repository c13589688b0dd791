"use client";
/** The filter of the list, read as a sentence: "Show runs of any model on any data that are in any state, newest first". */
import { useTranslations } from "use-intl";
import { Icon } from "@/components/ui/icon";
import { Menu, type MenuItem } from "@/components/ui/menu";
import type { RunSummary } from "@/server/contract/run";
import { choicesOf, ORDERS, type RunFilter, STATES } from "./run-filter";

export interface FilterSentenceProps {
  runs: readonly RunSummary[];
  filter: RunFilter;
  onChange: (change: Partial<RunFilter>) => void;
}

export function FilterSentence({ runs, filter, onChange }: FilterSentenceProps) {
  const t = useTranslations("runs.filter");
  const models = choicesOf(runs.map((run) => run.model));
  const datasets = choicesOf(runs.flatMap((run) => run.datasets));
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
