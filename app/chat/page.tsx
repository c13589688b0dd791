/** Chat: ask several models the same and see what training changed. `?left=…&right=…` name the panes' targets. */
import { ChatPage } from "@/components/chat/chat-page";
import { pageTitle } from "@/components/shell/page-title";
import { PageWords } from "@/components/shell/page-words";

export const generateMetadata = pageTitle("chat");

export default function Page() {
  return (
    <PageWords of={["chat"]}>
      <ChatPage />
    </PageWords>
  );
}
