"use client";
/** A conversation with everybody who takes part: the line over it, the panes, the vote, the composer. */
import dynamic from "next/dynamic";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useSearchState } from "@/components/live/use-search-state";
import { Message } from "@/components/ui/message";
import { useToast } from "@/components/ui/toast";
import type { ChatTarget } from "@/server/contract/chat";
import { letterOf, shuffled, turnToVoteOn } from "./blind-vote";
import type { OpenedDialog } from "./chat-dialogs";
import { PANE_NAMES } from "./chat-link";
import { ChatHead } from "./chat-head";
import { ChatPane } from "./chat-pane";
import { Composer } from "./composer";
import { isComing } from "./conversation";
import { paneColours } from "./pane-colours";
import { PaneTabs } from "./pane-tabs";
import { ADD_SERVER, paneName, targetOptions } from "./target-options";
import { useChatSettings } from "./use-chat-settings";
import { useConversation } from "./use-conversation";
import { useKeepRow } from "./use-keep-row";
import { useModelServers } from "./use-model-servers";
import { MAX_PANES, referencePane, usePanes } from "./use-panes";
import { usePromptProgress } from "./use-prompt-progress";
import { useInSight, useStickyEnd } from "./use-sticky-end";
import { VoteBar } from "./vote-bar";

const NO_PANES = Object.fromEntries(PANE_NAMES.map((name) => [name, null]));

/** What opens over the page stays out of it until it does. */
const ChatDialogs = dynamic(() => import("./chat-dialogs").then((module) => module.ChatDialogs));

export function ChatBoard({ targets }: { targets: readonly ChatTarget[] }) {
  const t = useTranslations("chat");
  const toast = useToast();
  const [search, setSearch] = useSearchState();
  const [panes, setPanes, namesPanes] = usePanes(targets);
  const [settings, changeSettings] = useChatSettings();
  const [keptNames, setKeptNames] = useState<Readonly<Record<string, string>>>({});
  const names = useMemo(() => namesOf(panes, targets, keptNames), [panes, targets, keptNames]);
  const conversation = useConversation({
    id: search.get("chat") ?? null,
    namesPanes,
    panes,
    names,
    asking: settings.asking,
    onId: (id) => setSearch({ chat: id }),
    onOpened(opened) {
      setKeptNames(opened.names);
      if (!namesPanes) setPanes(opened.panes);
      changeSettings({ asking: opened.asking });
    },
    onCopied: () => toast({ text: t("copyKept") }),
  });
  const { turns, store } = conversation;
  const progress = usePromptProgress(store);
  const { stateOf, retry } = useModelServers(panes, settings.asking.engine);
  const keepRow = useKeepRow({ turns, settings });
  const [opened, setOpened] = useState<OpenedDialog | null>(null);
  const [editing, setEditing] = useState<{ column: number; turnId: string } | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const board = useRef<HTMLDivElement>(null);
  const isBlind = search.get("blind") === "1" && panes.length > 1;
  const toVoteOn = isBlind ? turnToVoteOn(turns) : null;
  // While there is something to vote on, that stays in sight instead.
  useStickyEnd(board, toVoteOn ? null : turns);
  useInSight(board, { selector: "[data-voting]", of: toVoteOn?.id ?? null });

  const byId = useMemo(() => new Map(targets.map((target) => [target.id, target])), [targets]);
  const colours = useMemo(() => paneColours(panes.map((id) => byId.get(id) ?? null)), [panes, byId]);
  const reference = referencePane(panes, targets);
  const ready = panes.filter((id) => stateOf(id).state === "ready");
  const loading = panes.some((id) => stateOf(id).state === "loading");
  const coming = turns.reduce(
    (sum, turn) => sum + panes.filter((id) => isComing(turn.answers[id])).length,
    0,
  );
  const blocked = conversation.opening
    ? t("opening")
    : loading
      ? t("blockedLoading")
      : ready.length === 0
        ? t("blockedFailed")
        : null;
  const nameOf = (id: string) => {
    const target = byId.get(id);
    return target ? paneName(target, t("base")) : (names[id] ?? id);
  };
  const drawOrder = () => (isBlind && ready.length > 1 ? shuffled(ready) : null);
  const words = { group: (kind: ChatTarget["kind"]) => t(`kind.${kind}`), addServer: t("addServer") };

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === "Escape" && !event.defaultPrevented) store.stop();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [store]);

  function setBlind(on: boolean) {
    setSearch({ blind: on ? "1" : null });
    if (!on) store.reveal();
  }

  /** Puts a target into a place, or first asks where the new server is. */
  function pick(id: string, place: (target: string) => void) {
    if (id === ADD_SERVER) setOpened({ what: "endpoint", name: null, onSaved: place });
    else place(id);
  }

  function edited(turnId: string, text: string) {
    const before = turns;
    setEditing(null);
    store.edit({ turnId, text, order: drawOrder() }, ready, settings.asking);
    if (turns.at(-1)?.id !== turnId)
      toast({ text: t("laterGone"), action: { label: t("undo"), onClick: () => store.open(before) } });
  }

  return (
    <main
      id="main"
      className="flex h-[calc(100dvh-var(--top))] min-h-0 flex-col max-wide:h-[calc(100dvh-var(--top)-56px)]"
    >
      <ChatHead
        title={conversation.title}
        settings={settings}
        onMark={(mark) => changeSettings({ mark })}
        blind={panes.length > 1 ? isBlind : null}
        onBlind={setBlind}
        onOpen={(what) => setOpened({ what })}
        hasAnswers={turns.length > 0}
        onNew={() => {
          conversation.startNew();
          input.current?.focus();
        }}
        addOptions={
          panes.length < MAX_PANES ? targetOptions(targets, { taken: panes, current: null, words }) : null
        }
        onAdd={(id) => pick(id, (target) => setPanes([...panes, target]))}
      />
      {conversation.problem !== null && (
        <Message kind="bad" className="mx-6 my-2 max-wide:mx-4">
          {conversation.problem}
        </Message>
      )}
      <PaneTabs
        board={board}
        panes={panes.map((id, index) => ({
          id,
          name: isBlind ? t("answerLetter", { letter: letterOf(index) }) : nameOf(id),
        }))}
      />
      <div
        ref={board}
        className="grid min-h-0 flex-1 auto-cols-[minmax(0,1fr)] grid-flow-col overflow-y-auto max-wide:snap-x max-wide:snap-mandatory max-wide:[scrollbar-width:none] max-wide:auto-cols-[100%] max-wide:overflow-x-auto"
        style={{ gridTemplateRows: `64px ${"auto ".repeat(turns.length)}1fr` }}
        tabIndex={0}
        role="group"
        aria-label={t("panes")}
        aria-busy={conversation.opening}
      >
        {panes.map((id, column) => (
          <ChatPane
            key={id}
            id={id}
            column={column}
            blind={isBlind}
            nameOf={nameOf}
            target={byId.get(id) ?? null}
            targets={targets}
            panes={panes}
            colours={colours}
            server={stateOf(id)}
            turns={turns}
            votingOn={toVoteOn?.id ?? null}
            opening={conversation.opening}
            reference={settings.mark ? (reference ?? null) : null}
            editing={editing?.column === column ? editing.turnId : null}
            onEditing={(turnId) => setEditing(turnId === null ? null : { column, turnId })}
            onEdited={edited}
            onPick={(next) =>
              pick(next, (target) => setPanes(panes.map((pane) => (pane === id ? target : pane))))
            }
            onClose={() => setPanes(panes.filter((pane) => pane !== id))}
            onAgain={(turnId, target) => store.answerAgain(turnId, [target], settings.asking)}
            onAllAgain={(turnId) => store.answerAgain(turnId, ready, settings.asking)}
            onKeep={keepRow}
            onStop={(target) => store.stop(target)}
            onCatchUp={() => void store.catchUp(id, settings.asking)}
            onRetryLoad={retry}
            onEditServer={(name) => setOpened({ what: "endpoint", name, onSaved: () => undefined })}
          />
        ))}
      </div>
      {isBlind && (
        <VoteBar
          turns={turns}
          turn={toVoteOn}
          nameOf={nameOf}
          composer={input}
          onVote={(turnId, vote) => store.vote(turnId, vote)}
        />
      )}
      <Composer
        count={loading ? panes.length : ready.length}
        coming={coming}
        blocked={blocked}
        asksTools={settings.asking.tools.trim() !== ""}
        progress={progress}
        inputRef={input}
        onSend={(text, role) => void store.send(text, ready, settings.asking, { role, order: drawOrder() })}
        onStop={() => store.stop()}
        onPrompts={() => setOpened({ what: "prompts" })}
      />
      {opened && (
        <ChatDialogs
          opened={opened}
          conversation={conversation}
          onConversation={(id) => setSearch({ chat: id, ...NO_PANES })}
          panes={panes.map((id) => ({ id, name: nameOf(id) }))}
          ready={ready}
          blocked={coming > 0 ? t("blockedComing") : blocked}
          settings={settings}
          onSettings={changeSettings}
          onAskSet={(prompts) => void store.sendSet(prompts, ready, settings.asking, drawOrder)}
          onClose={() => setOpened(null)}
        />
      )}
    </main>
  );
}

/** What targets are called, those of today before those that were kept; sorted, so that the same names are the same text. */
function namesOf(
  panes: readonly string[],
  targets: readonly ChatTarget[],
  kept: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const today = targets.filter(({ id }) => panes.includes(id)).map(({ id, label }) => [id, label] as const);
  const all = { ...kept, ...Object.fromEntries(today) };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
