"use client";
/** Adds words to those that are there already. */
import { type ReactNode, useMemo } from "react";
import { IntlProvider, useLocale, useMessages } from "use-intl";

export function MoreWords({ words, children }: { words: object; children: ReactNode }) {
  const locale = useLocale();
  const frame = useMessages();
  const messages = useMemo(() => ({ ...frame, ...words }), [frame, words]);
  return (
    <IntlProvider locale={locale} messages={messages}>
      {children}
    </IntlProvider>
  );
}
