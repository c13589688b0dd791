"use client";
/** Takes up a run folder from anywhere on this machine: what is in it, copy or in place, with or without checkpoints. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { callApi, type Created } from "@/components/api/client";
import { queryKeys } from "@/components/api/query-keys";
import { useFormat } from "@/components/i18n/use-format";
import { useSay } from "@/components/i18n/use-say";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Message } from "@/components/ui/message";
import { RadioList } from "@/components/ui/radio-list";
import { TextInput } from "@/components/ui/text-input";
import { IMPORT_WAYS, type ImportPreview, type ImportRun } from "@/server/contract/run-changes";

export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("runs.import");
  const router = useRouter();
  const queries = useQueryClient();
  const [path, setPath] = useState("");
  const [how, setHow] = useState<ImportRun["how"]>("copy");
  const [checkpoints, setCheckpoints] = useState(true);
  const wish = { path: path.trim(), how, checkpoints };
  const preview = useQuery({
    queryKey: ["import", wish.path, checkpoints],
    queryFn: ({ signal }) =>
      callApi<ImportPreview>("/api/runs/import", {
        method: "POST",
        body: { ...wish, dry: true },
        signal,
      }),
    enabled: wish.path !== "",
    retry: false,
    staleTime: 2_000,
  });
  const take = useMutation({
    mutationFn: () => callApi<Created>("/api/runs/import", { method: "POST", body: wish }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: queryKeys.runs });
      router.push(`/runs/${encodeURIComponent(id)}`);
      onClose();
    },
  });
  const found = preview.data;
  const say = useSay();
  const isTaken = found?.run != null && (found.problem === null || how === "in_place");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isTaken) take.mutate();
        }}
      >
        <p className="muted">{t("what")}</p>
        <Field
          label={t("path")}
          problem={
            found?.problem && how === "copy" ? { severity: "error", message: say(found.problem) } : null
          }
        >
          {(ids) => (
            <TextInput
              {...ids}
              className="mono"
              spellCheck={false}
              placeholder="/home/me/LLaMA-Factory/saves/…"
              value={path}
              onChange={(event) => setPath(event.target.value)}
            />
          )}
        </Field>
        {preview.error && <Message kind="bad">{preview.error.message}</Message>}
        {found?.run && (
          <>
            <PreviewWords preview={found} />
            <RadioList
              legend={t("how")}
              name="how"
              value={how}
              choices={IMPORT_WAYS.map((way) => ({
                value: way,
                title: t(`${way}.title`),
                says: t(`${way}.what`, { target: found.target }),
              }))}
              onChange={setHow}
            />
            {how === "copy" && found.checkpoint_bytes > 0 && (
              <CheckpointChoice
                bytes={found.checkpoint_bytes}
                checked={checkpoints}
                onChange={setCheckpoints}
              />
            )}
          </>
        )}
        {take.error && <Message kind="bad">{take.error.message}</Message>}
        <div className="row justify-end">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" kind="primary" icon="folder" disabled={!isTaken || take.isPending}>
            {t(take.isPending ? "copying" : how === "copy" ? "copy.button" : "in_place.button")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function PreviewWords({ preview }: { preview: ImportPreview }) {
  const t = useTranslations("runs.import");
  const format = useFormat();
  const { run } = preview;
  if (!run) return null;
  return (
    <div className="border-l-[3px] border-line-2 pl-3 text-md">
      <p className="strong">{run.name}</p>
      <p className="muted">
        {[
          run.model,
          run.method,
          run.stage,
          run.datasets.join(", "),
          run.total_steps > 0 ? t("steps", { step: run.step, total: run.total_steps }) : null,
          run.loss === null ? null : t("lossNow", { loss: format.loss(run.loss) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className="faint">
        {t("size", { files: preview.files, size: format.bytes(preview.bytes) })} {preview.sources.join(", ")}
      </p>
    </div>
  );
}

interface CheckpointChoiceProps {
  bytes: number;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function CheckpointChoice({ bytes, checked, onChange }: CheckpointChoiceProps) {
  const t = useTranslations("runs.import");
  const format = useFormat();
  return (
    <Checkbox checked={checked} onChange={onChange}>
      {t("checkpoints", { size: format.bytes(bytes) })}
    </Checkbox>
  );
}
