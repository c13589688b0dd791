/** Gives a page its own words beside the frame's. Server only: the browser gets just those that are named here. */
import type { ReactNode } from "react";
import { compiledWords, type Room } from "../i18n/compiled-words";
import { MoreWords } from "./more-words";
import { requestLocale } from "./page-title";

export interface PageWordsProps {
  /** Every room whose words the page's components say; `shell` is always there. */
  of: readonly Room[];
  children: ReactNode;
}

export async function PageWords({ of, children }: PageWordsProps) {
  return <MoreWords words={compiledWords(await requestLocale(), of)}>{children}</MoreWords>;
}
