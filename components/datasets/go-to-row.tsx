"use client";
/** A row's number, typed, to bring that row into sight. */
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";

export function GoToRow({ total, onGo }: { total: number; onGo: (row: number) => void }) {
  const t = useTranslations("datasets");
  const [text, setText] = useState("");

  function go(event: FormEvent) {
    event.preventDefault();
    const row = Number(text.replaceAll(/\D/g, ""));
    if (row >= 1) onGo(Math.min(row, total) - 1);
  }

  return (
    <form onSubmit={go} className="row gap-1">
      <label className="control control--unit h-7 w-32">
        <span>{t("goTo")}</span>
        <input value={text} onChange={(event) => setText(event.target.value)} inputMode="numeric" />
      </label>
    </form>
  );
}
