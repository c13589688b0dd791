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
  const tags = choicesOf(runs.flatMap((run) => run.tags));
  return (
    <>
      {t.rich("sentence", {
        w: (words) => <span className="muted">{words}</span>,
        model: () => (
          <OneOrAny
            key="model"
            label={t("model")}
            any={t("anyModel")}
            value={filter.model}
            values={choicesOf(runs.map((run) => run.model))}
            onPick={(model) => onChange({ model })}
          />
        ),
        data: () => (
          <OneOrAny
            key="data"
            label={t("data")}
            any={t("anyData")}
            value={filter.dataset}
            values={choicesOf(runs.flatMap((run) => run.datasets))}
            onPick={(dataset) => onChange({ dataset })}
          />
        ),
        method: () => (
          <OneOrAny
            key="method"
            label={t("method")}
            any={t("anyMethod")}
            value={filter.method}
            values={choicesOf(runs.map(methodOf))}
            onPick={(method) => onChange({ method })}
          />
        ),
        tag: () =>
          // Words about tags would only puzzle who has none.
          tags.length === 0 && filter.tag === null ? null : (
            <span key="tag" className="contents">
              <span className="muted">{t("tagged")}</span>{" "}
              <OneOrAny
                label={t("tag")}
                any={t("anyTag")}
                value={filter.tag}
                values={tags}
                onPick={(tag) => onChange({ tag })}
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

interface OneOrAnyProps {
  label: string;
  /** Words for "any". */
  any: string;
  /** null is any. */
  value: string | null;
  values: readonly string[];
  onPick: (value: string | null) => void;
}

function OneOrAny({ label, any, value, values, onPick }: OneOrAnyProps) {
  return (
    <Choice
      label={label}
      text={value ?? any}
      active={value !== null}
      items={[null, ...values].map((each) => ({
        key: each ?? "any",
        label: each ?? any,
        checked: each === value,
        onSelect: () => onPick(each),
      }))}
    />
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
