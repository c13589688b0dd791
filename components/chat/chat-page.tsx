"use client";
/** The chat page, made for comparing: one to four panes side by side over one composer. */
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { chatTargetsQuery } from "@/components/api/queries";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Message } from "@/components/ui/message";
import { ChatBoard } from "./chat-board";

const EndpointDialog = dynamic(() => import("./endpoint-dialog").then((module) => module.EndpointDialog));

export function ChatPage() {
  const t = useTranslations("chat");
  const { data, error } = useQuery(chatTargetsQuery);
  const [adding, setAdding] = useState(false);
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
        <EmptyState
          title={t("nobodyTitle")}
          action={<Button onClick={() => setAdding(true)}>{t("addServer")}</Button>}
        >
          {t("nobody")}
        </EmptyState>
        {adding && (
          <EndpointDialog name={null} onSaved={() => setAdding(false)} onClose={() => setAdding(false)} />
        )}
      </main>
    );
  }
  return <ChatBoard targets={data.items} />;
}
