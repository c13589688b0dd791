"use client";
/** ⌘K: any page, any run, by a few letters. */
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useRuns } from "../live/use-live";
import { shareDone } from "../run/share-done";
import { Icon } from "../ui/icon";
import { StatusMark } from "../ui/status-mark";
import { useOpener } from "../ui/use-opener";
import { PAGES, SETTINGS_PAGE } from "./pages";

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const [text, setText] = useState("");
  const { data: runs = [] } = useRuns();
  const focusOpener = useOpener(true);

  function go(href: string) {
    onClose();
    router.push(href);
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          className="float dialog dialog--flush"
          aria-describedby={undefined}
          onCloseAutoFocus={focusOpener}
        >
          <Dialog.Title className="vh">{t("searchEverything")}</Dialog.Title>
          <Command label={t("searchEverything")} loop>
            <Command.Input
              className="menu-input"
              placeholder={t("searchEverything")}
              value={text}
              onValueChange={setText}
            />
            <Command.List className="menu">
              <Command.Empty className="menu-label">{t("noMatch", { text })}</Command.Empty>
              <Command.Group heading={<span className="menu-label block">{t("pages")}</span>}>
                {[...PAGES, SETTINGS_PAGE].map((page) => (
                  <Command.Item
                    key={page.id}
                    value={page.href}
                    keywords={[t(page.id), page.id]}
                    className="menu-item"
                    onSelect={() => go(page.href)}
                  >
                    <Icon name={page.icon} />
                    {t(page.id)}
                    <kbd className="end">g {page.key}</kbd>
                  </Command.Item>
                ))}
              </Command.Group>
              {runs.length > 0 && (
                <Command.Group heading={<span className="menu-label block">{t("runs")}</span>}>
                  {runs.map((run) => (
                    <Command.Item
                      key={run.id}
                      value={`run ${run.id}`}
                      keywords={[run.name, run.model, run.method, ...run.datasets]}
                      className="menu-item"
                      onSelect={() => go(`/runs/${encodeURIComponent(run.id)}`)}
                    >
                      <StatusMark status={run.status} progress={shareDone(run)} text={null} />
                      <span className="clip">{run.name}</span>
                      <span className="end clip">{run.model}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
