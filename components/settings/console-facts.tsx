"use client";
/** Where this console keeps things and what it is. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { settingsQuery } from "../api/queries";
import { ReadingLine } from "../shell/reading-line";
import { Message } from "../ui/message";

export function ConsoleFacts() {
  const t = useTranslations("settings");
  const { data, error } = useQuery(settingsQuery);
  return (
    <section className="sect">
      <h2>{t("console")}</h2>
      <div>
        {error && <Message kind="bad">{t("unreachable", { reason: error.message })}</Message>}
        {!data && !error && <ReadingLine />}
        {data && (
          <dl className="grid grid-cols-[120px_minmax(0,1fr)] gap-x-4 gap-y-2 pt-1.5 max-wide:grid-cols-1 max-wide:gap-y-1">
            <dt className="faint">{t("home")}</dt>
            <dd>
              <code className="wrap-anywhere">{data.home}</code>
              <p className="hint">{t("homeHint")}</p>
            </dd>
            <dt className="faint">{t("address")}</dt>
            <dd>
              <code>{window.location.origin}</code>
            </dd>
            <dt className="faint">{t("version")}</dt>
            <dd>{data.version}</dd>
            <dt className="faint">{t("node")}</dt>
            <dd>{data.node}</dd>
          </dl>
        )}
      </div>
    </section>
  );
}
