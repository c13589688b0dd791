"use client";
/** Whichever sheet or dialog is open over the chat. */
import { parseSamplePrompts, type SamplePrompt } from "@/server/contract/samples";
import { AnswersSheet } from "./answers-sheet";
import { ChatDrawer } from "./chat-drawer";
import type { ChatSettings } from "./chat-settings";
import { ConversationSheet } from "./conversation-sheet";
import { EndpointDialog } from "./endpoint-dialog";
import { PromptSetSheet } from "./prompt-set-sheet";
import type { OpenConversation } from "./use-conversation";

export type OpenedDialog =
  | { what: "settings" | "conversations" | "prompts" | "answers" }
  /** A server elsewhere, by its name; null for a new one. */
  | { what: "endpoint"; name: string | null; onSaved: (target: string) => void };

export interface ChatDialogsProps {
  opened: OpenedDialog;
  conversation: OpenConversation;
  /** Another conversation is wanted, with its own panes. */
  onConversation: (id: string) => void;
  panes: readonly { id: string; name: string }[];
  /** Targets that can be asked. */
  ready: readonly string[];
  /** Why nothing can be asked now; null where it can. */
  blocked: string | null;
  settings: ChatSettings;
  onSettings: (change: Partial<ChatSettings>) => void;
  onAskSet: (prompts: readonly SamplePrompt[]) => void;
  onClose: () => void;
}

export function ChatDialogs(props: ChatDialogsProps) {
  const {
    opened,
    conversation,
    onConversation,
    panes,
    ready,
    blocked,
    settings,
    onSettings,
    onAskSet,
    onClose,
  } = props;
  const { turns, title } = conversation;
  switch (opened.what) {
    case "settings":
      return (
        <ChatDrawer
          onClose={onClose}
          asking={settings.asking}
          onChange={(change) => onSettings({ asking: { ...settings.asking, ...change } })}
        />
      );
    case "conversations":
      return <ConversationSheet onOpen={onConversation} onChanged={conversation.renamed} onClose={onClose} />;
    case "prompts":
      return (
        <PromptSetSheet
          questions={turns.filter(({ role }) => role === "user").map(({ text }) => text)}
          count={ready.length}
          blocked={blocked}
          onAsk={(set) => {
            onClose();
            onAskSet(parseSamplePrompts(set.prompts));
          }}
          onClose={onClose}
        />
      );
    case "answers":
      return (
        <AnswersSheet
          turns={turns}
          title={title}
          targets={panes}
          settings={settings}
          onDataset={(dataset) => onSettings({ dataset })}
          onClose={onClose}
        />
      );
    case "endpoint":
      return (
        <EndpointDialog
          name={opened.name}
          onSaved={(target) => {
            onClose();
            opened.onSaved(target);
          }}
          onClose={onClose}
        />
      );
  }
}
