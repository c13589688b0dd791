"use client";
/** On a phone one pane fills the screen: tabs say which, and lead to the others as swiping does. */
import { type RefObject, useEffect, useState } from "react";
import { useTranslations } from "use-intl";

export interface PaneTabsProps {
  board: RefObject<HTMLElement | null>;
  panes: readonly { id: string; name: string }[];
}

export function PaneTabs({ board, panes }: PaneTabsProps) {
  const t = useTranslations("chat");
  const [at, setAt] = useState(0);

  useEffect(() => {
    const element = board.current;
    if (!element) return;
    function onScroll() {
      setAt(Math.round(element!.scrollLeft / Math.max(1, element!.clientWidth)));
    }
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, [board]);

  if (panes.length < 2) return null;
  return (
    <div className="tabs px-4 wide:hidden" role="tablist" aria-label={t("panes")}>
      {panes.map((pane, index) => (
        <button
          key={pane.id}
          type="button"
          role="tab"
          aria-selected={index === at}
          onClick={() => board.current?.scrollTo({ left: index * board.current.clientWidth })}
        >
          {pane.name}
        </button>
      ))}
    </div>
  );
}
