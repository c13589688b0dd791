"use client";
/** The way around: the rail at the left, or the bar at the bottom of a narrow screen. */
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { Icon } from "../ui/icon";
import { BrandMark } from "./brand-mark";
import { isCurrent, type Page, PAGES, SETTINGS_PAGE } from "./pages";

export function Rail() {
  const t = useTranslations("shell");
  return (
    <header className="rail">
      <div>
        <Link className="brand" href="/train">
          <BrandMark />
          Tuneboard
        </Link>
        <nav className="nav" aria-label={t("main")}>
          {PAGES.map((page) => (
            <PageLink key={page.id} page={page} showKey />
          ))}
          <span className="gap" />
          <PageLink page={SETTINGS_PAGE} showKey />
        </nav>
      </div>
    </header>
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
  return (
    <Link href={page.href} aria-current={isCurrent(page, pathname) ? "page" : undefined}>
      <Icon name={page.icon} />
      {t(page.id)}
      {showKey && <kbd aria-hidden="true">g {page.key}</kbd>}
    </Link>
  );
}
