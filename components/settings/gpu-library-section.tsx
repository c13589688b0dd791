"use client";
/** The GPU library: whether it is there, and the button that fetches it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { callApi } from "../api/client";
import { gpuQuery } from "../api/queries";
import { queryKeys } from "../api/query-keys";
import { Button } from "../ui/button";
import { ReadingLine } from "../shell/reading-line";
import { Message } from "../ui/message";

export function GpuLibrarySection() {
  const t = useTranslations("settings");
  const queries = useQueryClient();
  const { data, error } = useQuery(gpuQuery);
  const install = useMutation({
    mutationFn: () => callApi("/api/gpu/install", { method: "POST" }),
    onSettled: () => queries.invalidateQueries({ queryKey: queryKeys.gpu }),
  });
  const state = data?.state;
  return (
    <section className="sect">
      <h2>{t("gpu")}</h2>
      <div>
        <div className="row between row--wrap">
          <p className="muted flex-1 basis-64 pt-1.5">{t("gpuHint")}</p>
          {(state === "absent" || state === "failed") && (
            <Button icon="download" disabled={install.isPending} onClick={() => install.mutate()}>
              {t("gpuInstall")}
            </Button>
          )}
        </div>
        {error && <Message kind="bad">{t("unreachable", { reason: error.message })}</Message>}
        {!data && !error && <ReadingLine />}
        {install.error && <Message kind="bad">{install.error.message}</Message>}
        {state && state !== "absent" && (
          <div aria-live="polite">
            <Message kind={state === "failed" ? "bad" : "ok"}>{t(`gpuState.${state}`)}</Message>
          </div>
        )}
        {data?.detail && state !== "absent" && (
          <p className="mono muted wrap-anywhere whitespace-pre-wrap">{data.detail}</p>
        )}
      </div>
    </section>
  );
}
