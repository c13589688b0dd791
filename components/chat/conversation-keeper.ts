/**
 * Keeps the conversation on screen at the console: one request at a time, a little after the last change. Where another
 * page has changed the same one meanwhile, this page's goes on as a copy. It does not know React or how it is sent.
 */
import type { ConversationHead, KeepConversation } from "@/server/contract/conversations";

/** What a page has; the revision is the keeper's to count. */
export type KeptContent = Omit<KeepConversation, "revision">;

export interface KeeperParts {
  put: (id: string, content: KeepConversation) => Promise<ConversationHead>;
  newId: () => string;
  /** Whether an error says that another page has changed it. */
  isConflict: (error: unknown) => boolean;
  pauseMs?: number;
}

export interface KeeperListener {
  /** It has been kept: under a new id where it is a new one or a copy. */
  onKept: (head: ConversationHead, isCopy: boolean) => void;
  /** Why it could not be kept; null once it could. */
  onProblem: (message: string | null) => void;
}

export interface ConversationKeeper {
  /** Who is told, in the place of whoever was before. */
  tell: (listener: KeeperListener) => void;
  /** The conversation that is open; null for one that is not kept yet. */
  id: () => string | null;
  /** Goes on with another one, as it was read, or with a new one. */
  open: (head: Pick<ConversationHead, "id" | "revision"> | null, content?: KeptContent) => void;
  /** Nothing more of the one that is open is kept: it was deleted. */
  forget: () => void;
  /** Keeps this soon. */
  keep: (content: KeptContent) => void;
  /** Keeps what waits at once. */
  flush: () => Promise<void>;
}

interface Session {
  id: string | null;
  revision: number;
  /** As it was kept last. */
  kept: string;
}

export function createConversationKeeper(parts: KeeperParts): ConversationKeeper {
  const { put, newId, isConflict, pauseMs = 400 } = parts;
  let listener: KeeperListener | null = null;
  let session: Session = { id: null, revision: 0, kept: "" };
  let waiting: { session: Session; content: KeptContent } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let sending: Promise<void> = Promise.resolve();

  async function send(): Promise<void> {
    const now = waiting;
    waiting = null;
    if (!now) return;
    const text = JSON.stringify(now.content);
    const { session: of } = now;
    if (text === of.kept) return;
    let isCopy = false;
    try {
      const head = await attempt(of, now.content).catch((error: unknown) => {
        if (!isConflict(error)) throw error;
        isCopy = true;
        of.id = null;
        of.revision = 0;
        return attempt(of, now.content);
      });
      of.revision = head.revision;
      of.kept = text;
      listener?.onProblem(null);
      if (of === session) listener?.onKept(head, isCopy);
    } catch (error) {
      listener?.onProblem(error instanceof Error ? error.message : String(error));
    }
  }

  function attempt(of: Session, content: KeptContent): Promise<ConversationHead> {
    of.id ??= newId();
    return put(of.id, { ...content, revision: of.revision });
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    sending = sending.then(send);
    return sending;
  }

  return {
    tell: (next) => void (listener = next),
    id: () => session.id,
    open(head, content) {
      void flush();
      session = {
        id: head?.id ?? null,
        revision: head?.revision ?? 0,
        kept: content ? JSON.stringify(content) : "",
      };
    },
    forget() {
      waiting = null;
      session = { id: null, revision: 0, kept: "" };
    },
    keep(content) {
      waiting = { session, content };
      timer ??= setTimeout(() => void flush(), pauseMs);
    },
    flush,
  };
}

/** An id that sorts by day: "2026-11-24-1f3a9c2e". */
export function newConversationId(now = new Date()): string {
  return `${now.toISOString().slice(0, 10)}-${crypto.randomUUID().slice(0, 8)}`;
}
