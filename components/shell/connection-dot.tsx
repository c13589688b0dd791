"use client";
/** Whether what is on the screen is fresh: "live", "reconnecting…", or "console stopped, runs continue". */
import { useTranslations } from "use-intl";
import { useConnection } from "../api/connection";

export function ConnectionDot() {
  const t = useTranslations("shell");
  const connection = useConnection();
  return (
    <span className={`live live--${connection}`} role="status">
      {t(connection)}
    </span>
  );
}
