"use client";
/** The chat page, made for comparing: one to four panes side by side over one composer. */
import dynamic from "next/dynamic";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { chatTargetsQuery } from "@/components/api/queries";
import { EmptyState } from "@/components/ui/empty-state";
import { Message } from "@/components/ui/message";
import { useToast } from "@/components/ui/toast";
import type { ChatTarget } from "@/server/contract/chat";
import { ChatHead } from "./chat-head";
import { ChatPane } from "./chat-pane";
import { Composer } from "./composer";
import { isComing } from "./conversation";
import { paneColours } from "./pane-colours";
import { PaneTabs } from "./pane-tabs";
import { paneName, targetOptions } from "./target-options";
import { useChatSettings } from "./use-chat-settings";
import { useConversation } from "./use-conversation";
import { useModelServers } from "./use-model-servers";
import { MAX_PANES, referencePane, usePanes } from "./use-panes";
import { useStickyEnd } from "./use-sticky-end";

const ChatDrawer = dynamic(() => import("./chat-drawer").then((module) => module.ChatDrawer));

export function ChatPage() {
  const t = useTranslations("chat");
  const { data, error } = useQuery(chatTargetsQuery);
  if (!data) {
    return (
      <main id="main" className="page">
        <h1>{t("title")}</h1>
        {error ? (
          <Message kind="bad">{error.message}</Message>
        ) : (
          <p className="muted">{t("findingTargets")}</p>
        )}
      </main>
    );
  }
  if (data.items.length === 0) {
    return (
      <main id="main" className="page">
        <h1 className="mb-4">{t("title")}</h1>
        <EmptyState title={t("nobodyTitle")}>{t("nobody")}</EmptyState>
      </main>
    );
  }
  return <Chat targets={data.items} />;
}

function Chat({ targets }: { targets: readonly ChatTarget[] }) {
  const t = useTranslations("chat");
  const toast = useToast();
  const [panes, setPanes] = usePanes(targets);
  const [settings, changeSettings] = useChatSettings();
  const { turns, store } = useConversation(panes);
  const { stateOf, retry } = useModelServers(panes, settings.engine);
  const [drawer, setDrawer] = useState(false);
  const [editing, setEditing] = useState<{ pane: string; turnId: string } | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const board = useRef<HTMLDivElement>(null);
  useStickyEnd(board, turns);

  const byId = useMemo(() => new Map(targets.map((target) => [target.id, target])), [targets]);
  const colours = useMemo(() => paneColours(panes.map((id) => byId.get(id) ?? null)), [panes, byId]);
  const reference = referencePane(panes, targets);
  const ready = panes.filter((id) => stateOf(id).state === "ready");
  const loading = panes.some((id) => stateOf(id).state === "loading");
  const coming = turns.reduce(
    (sum, turn) => sum + panes.filter((id) => isComing(turn.answers[id])).length,
    0,
  );
  const blocked = loading ? t("blockedLoading") : ready.length === 0 ? t("blockedFailed") : null;
  const nameOf = (id: string) => {
    const target = byId.get(id);
    return target ? paneName(target, t("base")) : id;
  };
  const words = { group: (kind: ChatTarget["kind"]) => t(`kind.${kind}`) };

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === "Escape" && !event.defaultPrevented) store.stop();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [store]);

  function startNew() {
    const before = turns;
    store.open([]);
    toast({ text: t("cleared"), action: { label: t("undo"), onClick: () => store.open(before) } });
    input.current?.focus();
  }

  return (
    <main
      id="main"
      className="flex h-[calc(100dvh-var(--top))] min-h-0 flex-col max-wide:h-[calc(100dvh-var(--top)-56px)]"
    >
      <ChatHead
        settings={settings}
        onMark={(mark) => changeSettings({ mark })}
        onSettings={() => setDrawer(true)}
        onNew={turns.length > 0 ? startNew : null}
        addOptions={
          panes.length < MAX_PANES ? targetOptions(targets, { taken: panes, current: null, words }) : null
        }
        onAdd={(id) => setPanes([...panes, id])}
      />
      <PaneTabs board={board} panes={panes.map((id) => ({ id, name: nameOf(id) }))} />
      <div
        ref={board}
        className="grid min-h-0 flex-1 auto-cols-[minmax(0,1fr)] grid-flow-col overflow-y-auto max-wide:snap-x max-wide:snap-mandatory max-wide:[scrollbar-width:none] max-wide:auto-cols-[100%] max-wide:overflow-x-auto"
        style={{ gridTemplateRows: `64px ${"auto ".repeat(turns.length)}1fr` }}
        tabIndex={0}
        role="group"
        aria-label={t("panes")}
      >
        {panes.map((id) => (
          <ChatPane
            key={id}
            id={id}
            target={byId.get(id) ?? null}
            targets={targets}
            panes={panes}
            colour={colours.get(id) ?? "var(--s6)"}
            server={stateOf(id)}
            turns={turns}
            reference={settings.mark && reference !== id ? (reference ?? null) : null}
            editing={editing?.pane === id ? editing.turnId : null}
            onEditing={(turnId) => setEditing(turnId === null ? null : { pane: id, turnId })}
            onEdited={(text) => {
              setEditing(null);
              store.editLast(text, ready, settings);
            }}
            onPick={(next) => setPanes(panes.map((pane) => (pane === id ? next : pane)))}
            onClose={() => setPanes(panes.filter((pane) => pane !== id))}
            onAgain={(turnId) => store.answerAgain(turnId, id, settings)}
            onStop={() => store.stop(id)}
            onCatchUp={() => void store.catchUp(id, settings)}
            onRetryLoad={retry}
          />
        ))}
      </div>
      <Composer
        count={loading ? panes.length : ready.length}
        coming={coming}
        blocked={blocked}
        inputRef={input}
        onSend={(text) => store.send(text, ready, settings)}
        onStop={() => store.stop()}
      />
      {drawer && (
        <ChatDrawer onClose={() => setDrawer(false)} settings={settings} onChange={changeSettings} />
      )}
    </main>
  );
}
