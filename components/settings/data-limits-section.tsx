"use client";
/** Data: how large a file may be that comes in, and how much of the disk must stay free. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Settings } from "@/server/contract/api";
import { settingsQuery } from "../api/queries";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { ReadingLine } from "../shell/reading-line";
import { Message } from "../ui/message";
import { TextInput } from "../ui/text-input";
import { useSaveSettings } from "./use-save-settings";

export function DataLimitsSection() {
  const t = useTranslations("settings");
  const { data, error } = useQuery(settingsQuery);
  return (
    <section className="sect">
      <h2>{t("data")}</h2>
      <div>
        {error && <Message kind="bad">{t("unreachable", { reason: error.message })}</Message>}
        {!data && !error && <ReadingLine />}
        {data && <LimitsForm key={`${data.upload_limit_bytes} ${data.disk_floor_bytes}`} settings={data} />}
      </div>
    </section>
  );
}

const GIGABYTE = 1e9;

function LimitsForm({ settings }: { settings: Settings }) {
  const t = useTranslations("settings");
  const [limit, setLimit] = useState(String(settings.upload_limit_bytes / GIGABYTE));
  const [floor, setFloor] = useState(String(settings.disk_floor_bytes / GIGABYTE));
  const change = {
    upload_limit_bytes: Math.round(Number(limit) * GIGABYTE),
    disk_floor_bytes: Math.round(Number(floor) * GIGABYTE),
  };
  const isSound = change.upload_limit_bytes > 0 && change.disk_floor_bytes >= 0;
  const isChanged =
    change.upload_limit_bytes !== settings.upload_limit_bytes ||
    change.disk_floor_bytes !== settings.disk_floor_bytes;
  const save = useSaveSettings();
  return (
    <form
      className="row row--wrap items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(change);
      }}
    >
      <Field label={t("uploadLimit")} hint={t("uploadLimitHint")} className="flex-1 basis-56">
        {(ids) => (
          <TextInput
            {...ids}
            unit="GB"
            inputMode="decimal"
            value={limit}
            onChange={(event) => setLimit(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("diskFloor")} hint={t("diskFloorHint")} className="flex-1 basis-56">
        {(ids) => (
          <TextInput
            {...ids}
            unit="GB"
            inputMode="decimal"
            value={floor}
            onChange={(event) => setFloor(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="mt-5" disabled={!isSound || !isChanged || save.isPending}>
        {t("save")}
      </Button>
      {save.error && <Message kind="bad">{t("saveFailed", { reason: save.error.message })}</Message>}
    </form>
  );
}
