"use client";
/** Everything that a page may expect around it: words, queries, toasts. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { IntlProvider } from "use-intl";
import type { Locale } from "../i18n/locale";
import { ToastProvider } from "../ui/toast";

export interface ProvidersProps {
  locale: Locale;
  /** The frame's own; a page adds its words (PageWords). */
  words: object;
  children: ReactNode;
}

/** The console runs on the machine of the person who looks at it, so both sides of a render have the same zone. */
const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function Providers({ locale, words, children }: ProvidersProps) {
  const [queryClient] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { staleTime: 2_000, retry: 1, networkMode: "always" } } }),
  );
  return (
    <IntlProvider locale={locale} messages={words} timeZone={TIME_ZONE}>
      <QueryClientProvider client={queryClient}>
        <ToastProvider>{children}</ToastProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
}
