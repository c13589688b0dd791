/** A page's title in the language of the request, for `generateMetadata`. Server only. */
import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { chooseLocale, LOCALE_COOKIE, type Locale } from "../i18n/locale";
import { messagesOf } from "../i18n/messages";
import type { Page } from "./pages";

/** The language that the request's cookie or browser asks for. */
export async function requestLocale(): Promise<Locale> {
  const [jar, request] = await Promise.all([cookies(), headers()]);
  return chooseLocale(jar.get(LOCALE_COOKIE)?.value, request.get("accept-language"));
}

/** `export const generateMetadata = pageTitle("runs")`. */
export function pageTitle(page: Page["id"]): () => Promise<Metadata> {
  return async () => ({ title: messagesOf(await requestLocale()).shell[page] });
}
