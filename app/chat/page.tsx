/** Chat: ask several models the same and see what training changed. `?left=…&right=…` name the panes' targets. */
import type { Metadata } from "next";
import { ChatPage } from "@/components/chat/chat-page";

export const metadata: Metadata = { title: "Chat" };

export default function Page() {
  return <ChatPage />;
}
