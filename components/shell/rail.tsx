"use client";
/** The way around: the rail at the left, or the bar at the bottom of a narrow screen. */
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Icon } from "../ui/icon";
import { BrandMark } from "./brand-mark";
import { isCurrent, type Page, PAGES, SETTINGS_PAGE } from "./pages";

export function Rail() {
  const t = useTranslations("shell");
  return (
    <nav className="rail" aria-label={t("main")}>
      <div>
        <Link className="brand" href="/train" prefetch={false}>
          <BrandMark />
          Tuneboard
        </Link>
        <div className="nav">
          {PAGES.map((page) => (
            <PageLink key={page.id} page={page} showKey />
          ))}
          <span className="gap" />
          <PageLink page={SETTINGS_PAGE} showKey />
        </div>
      </div>
    </nav>
  );
}

export function BottomBar() {
  const t = useTranslations("shell");
  return (
    <nav className="tabbar" aria-label={t("main")}>
      {[...PAGES, SETTINGS_PAGE].map((page) => (
        <PageLink key={page.id} page={page} />
      ))}
    </nav>
  );
}

function PageLink({ page, showKey = false }: { page: Page; showKey?: boolean }) {
  const t = useTranslations("shell");
  const pathname = usePathname();
  // Seven pages fetched ahead would weigh more than the one that was asked for; the one under the pointer is enough.
  const [near, setNear] = useState(false);
  const approach = () => setNear(true);
  return (
    <Link
      href={page.href}
      prefetch={near ? null : false}
      onMouseEnter={approach}
      onFocus={approach}
      aria-current={isCurrent(page, pathname) ? "page" : undefined}
    >
      <Icon name={page.icon} />
      {t(page.id)}
      {showKey && <kbd aria-hidden="true">g {page.key}</kbd>}
    </Link>
  );
}
