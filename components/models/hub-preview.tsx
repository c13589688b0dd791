"use client";
/** What a download would bring, before it begins: size and room, license, files, what stays there and why, whether it fits. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { HubPreview } from "@/server/contract/hub";
import type { ModelShape } from "@/server/contract/model-shape";
import { machineQuery } from "../api/queries";
import { useFormat } from "../i18n/use-format";
import { useSay } from "../i18n/use-say";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Dialog } from "../ui/dialog";
import { Disclosure } from "../ui/disclosure";
import { Message } from "../ui/message";
import { FitMark } from "./fit-mark";
import { HERE } from "./memory-places";
import { waysFor } from "./model-memory";
import { hubPreviewQuery, type PreviewRequest, startDownload } from "./model-queries";

export interface HubPreviewDialogProps {
  asked: PreviewRequest;
  onClose: () => void;
  onStarted?: () => void;
}

export function HubPreviewDialog({ asked, onClose, onStarted }: HubPreviewDialogProps) {
  const t = useTranslations("models.preview");
  const { data: preview, error, isPending } = useQuery(hubPreviewQuery(asked));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={asked.id}>
      {isPending && <p className="muted">{t("asking")}</p>}
      {error && <Message kind="bad">{error.message}</Message>}
      {preview && <Preview preview={preview} asked={asked} onClose={onClose} onStarted={onStarted} />}
    </Dialog>
  );
}

function Preview({ preview, asked, onClose, onStarted }: HubPreviewDialogProps & { preview: HubPreview }) {
  const t = useTranslations("models.preview");
  const tHub = useTranslations("models.hub.name");
  const say = useSay();
  const format = useFormat();
  const queries = useQueryClient();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = preview.files.filter((file) => !left.has(file.path));
  const bytes = chosen.reduce((sum, file) => sum + file.bytes, 0);
  const start = useMutation({
    mutationFn: () =>
      startDownload(queries, {
        hub: preview.hub,
        kind: preview.kind,
        id: preview.id,
        ...(asked.revision !== null && { revision: asked.revision }),
        ...(left.size > 0 && { files: chosen.map((file) => file.path) }),
      }),
    onSuccess: () => {
      onClose();
      onStarted?.();
    },
  });
  const tooLarge = bytes > preview.free_bytes;
  return (
    <>
      <dl className="facts">
        <Fact name={t("size")} value={format.bytes(bytes)} />
        <Fact name={t("free")} value={format.bytes(preview.free_bytes)} />
        {preview.family !== null && <Fact name={t("family")} value={preview.family} />}
        {preview.shape && <Fact name={t("parameters")} value={format.parameters(preview.shape.parameters)} />}
        <Fact name={t("license")} value={preview.license ?? t("noLicense")} />
        <Fact name={t("from")} value={`${tHub(preview.hub)} · ${preview.revision}`} />
        <Fact name={t("target")} value={preview.target} />
      </dl>
      {preview.gated && <Message kind="warn">{t("gated")}</Message>}
      {preview.exists && <Message kind="ok">{t("exists")}</Message>}
      {preview.problem !== null && <Message kind="bad">{say(preview.problem)}</Message>}
      {tooLarge && <Message kind="bad">{t("noRoom")}</Message>}
      {preview.shape && <FitHere shape={preview.shape} />}
      <FileChoice preview={preview} left={left} onChange={setLeft} />
      <Skipped preview={preview} />
      {start.error && <Message kind="bad">{start.error.message}</Message>}
      <div className="row justify-end">
        <Button onClick={onClose}>{t("notNow")}</Button>
        <Button
          kind="primary"
          icon="download"
          disabled={preview.problem !== null || tooLarge || chosen.length === 0 || start.isPending}
          onClick={() => start.mutate()}
        >
          {t("download", { size: format.bytes(bytes) })}
        </Button>
      </div>
    </>
  );
}

/** Whether it could be trained on this computer, before it is downloaded for nothing. */
function FitHere({ shape }: { shape: ModelShape }) {
  const t = useTranslations("models.preview");
  const tWay = useTranslations("models.way");
  const format = useFormat();
  const { data: machine } = useQuery(machineQuery);
  if (!machine) return null;
  const free = machine.memory_total_bytes - machine.memory_used_bytes;
  const ways = waysFor(shape, { batch: "1", length: "1024", place: HERE, free }) ?? [];
  return (
    <div className="text-md">
      <p className="muted">{t("fitHere")}</p>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {ways.map(({ id, memory }) => (
          <li key={id} className="row">
            <span>{tWay(`${id}.short`)}</span>
            <span className="muted">{format.bytes(memory.device_bytes)}</span>
            <FitMark fits={memory.fits} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="wrap-anywhere">{value}</dd>
    </div>
  );
}

interface FileChoiceProps {
  preview: HubPreview;
  left: ReadonlySet<string>;
  onChange: (left: ReadonlySet<string>) => void;
}

function FileChoice({ preview, left, onChange }: FileChoiceProps) {
  const t = useTranslations("models.preview");
  const format = useFormat();
  const [open, setOpen] = useState(preview.kind === "dataset");
  const files = [...preview.files].sort((a, b) => b.bytes - a.bytes);
  return (
    <Disclosure title={t("files", { count: files.length - left.size })} open={open} onOpenChange={setOpen}>
      <ul className="max-h-52 overflow-auto text-md" tabIndex={0} aria-label={t("fileList")}>
        {files.map((file) => (
          <li key={file.path} className="row between py-0.5">
            <Checkbox
              checked={!left.has(file.path)}
              onChange={(checked) => {
                const next = new Set(left);
                if (checked) next.delete(file.path);
                else next.add(file.path);
                onChange(next);
              }}
            >
              <code className="clip">{file.path}</code>
            </Checkbox>
            <span className="muted nowrap">{format.bytes(file.bytes)}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function Skipped({ preview }: { preview: HubPreview }) {
  const t = useTranslations("models.preview");
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { skipped } = preview;
  if (skipped.length === 0) return null;
  const pickles = skipped.filter(({ reason }) => reason === "pickle");
  return (
    <>
      {pickles.length > 0 && <p className="hint">{t("pickles", { count: pickles.length })}</p>}
      <Disclosure title={t("skipped", { count: skipped.length })} open={open} onOpenChange={setOpen}>
        <ul className="max-h-40 overflow-auto text-md" tabIndex={0} aria-label={t("skippedList")}>
          {skipped.map((file) => (
            <li key={file.path} className="row between gap-4 py-0.5">
              <code className="clip">{file.path}</code>
              <span className="muted nowrap">
                {t(`reason.${file.reason}`)} · {format.bytes(file.bytes)}
              </span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </>
  );
}
