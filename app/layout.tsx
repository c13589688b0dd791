/** The root of every page: language and theme from the cookies (so the first paint is right), the frame, the providers. */
import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { askEarly } from "@/components/api/early-answers";
import { LANGUAGE_TAG } from "@/components/i18n/locale";
import { compiledWords } from "@/components/i18n/compiled-words";
import { AppShell } from "@/components/shell/app-shell";
import { requestLocale } from "@/components/shell/page-title";
import { Providers } from "@/components/shell/providers";
import { chooseTheme, THEME_COOKIE } from "@/components/shell/theme";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Tuneboard", template: "%s · Tuneboard" },
  icons: { icon: "/icon.svg" },
  referrer: "no-referrer",
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, locale] = await Promise.all([
    cookies(),
    requestLocale(),
    askEarly("/api/runs", "/api/machine"),
  ]);
  const theme = chooseTheme(jar.get(THEME_COOKIE)?.value);
  return (
    <html
      lang={LANGUAGE_TAG[locale]}
      data-theme={theme === "system" ? undefined : theme}
      suppressHydrationWarning
    >
      <body>
        <Providers locale={locale} words={compiledWords(locale, ["shell"])}>
          <AppShell>{children}</AppShell>
        </Providers>
      </body>
    </html>
  );
}
