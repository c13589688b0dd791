"use client";
/** The run's log: follows its end until the reader scrolls up; filter and copy. Only the lines in sight are drawn. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useLog } from "@/components/live/use-live";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { TextInput } from "@/components/ui/text-input";

const LINE_PX = 18;
/** Nearer to the end than this counts as being there. */
const END_PX = 24;
/** "[INFO|2026-11-24 04:04:07] logging.py:144 >> words": of this only the time and the words matter at a glance. */
const PREFIX = /^\[(\w+)\|(?:\S+ )?(\d\d:\d\d:\d\d)\S*\] \S+ >> /;
const ALARM = /\b(error|exception|traceback|out of memory|nan|failed)\b/i;

export function LogView({ id }: { id: string }) {
  const t = useTranslations("run.log");
  const log = useLog(id);
  const [filter, setFilter] = useState("");
  const lines = useMemo(() => {
    if (!log) return [];
    const all = log.tail === "" ? log.lines : [...log.lines, log.tail];
    const wanted = filter.trim().toLowerCase();
    return wanted === "" ? all : all.filter((line) => line.toLowerCase().includes(wanted));
  }, [log, filter]);

  return (
    <div className="flex h-[calc(100dvh-var(--top)-41px)] min-h-80 flex-col gap-2 px-5 pt-3 pb-4 max-split:h-[480px] max-wide:px-4">
      <div className="row">
        <TextInput
          className="grow"
          type="search"
          placeholder={t("filter")}
          aria-label={t("filter")}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <CopyButton text={lines.join("\n")} />
      </div>
      {log && log.from > 0 && <p className="hint">{t("earlier", { size: Math.round(log.from / 1000) })}</p>}
      {lines.length === 0 ? (
        <p className="muted text-md">{t(filter === "" ? "waiting" : "noMatch")}</p>
      ) : (
        <LogLines lines={lines} />
      )}
    </div>
  );
}

function LogLines({ lines }: { lines: readonly string[] }) {
  const t = useTranslations("run.log");
  const box = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  // eslint-disable-next-line react-hooks/incompatible-library -- about the React Compiler, which is not used here
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    overscan: 12,
  });

  useEffect(() => {
    const element = box.current;
    if (follows && element) element.scrollTop = element.scrollHeight;
  }, [follows, lines]);

  function onScroll() {
    const element = box.current;
    if (element) setFollows(element.scrollHeight - element.scrollTop - element.clientHeight < END_PX);
  }

  return (
    <div className="relative min-h-0 grow">
      <div
        ref={box}
        className="code h-full px-0!"
        role="log"
        aria-live="off"
        aria-label={t("label")}
        tabIndex={0}
        onScroll={onScroll}
      >
        <div className="relative w-max min-w-full" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <div key={item.key} className="absolute left-0 px-3" style={{ top: item.start, height: LINE_PX }}>
              <LogLine text={lines[item.index]!} />
            </div>
          ))}
        </div>
      </div>
      {!follows && (
        <Button size="sm" icon="down" className="absolute right-3 bottom-3" onClick={() => setFollows(true)}>
          {t("toEnd")}
        </Button>
      )}
    </div>
  );
}

function LogLine({ text }: { text: string }) {
  const match = PREFIX.exec(text);
  const words = match ? text.slice(match[0].length) : text;
  const bad = match?.[1] === "ERROR" || (match?.[1] !== "INFO" && ALARM.test(words));
  return (
    <span
      title={match ? text : undefined}
      className={bad ? "err" : match?.[1] === "WARNING" ? "t-warn" : undefined}
    >
      {match && <span className="faint">{match[2]} </span>}
      {words}
    </span>
  );
}
