"use client";
/** A file becomes a dataset: dropped, chosen or named by its path; its columns mapped with the result in sight; then added. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { missingMeaning, PRESETS } from "@/server/contract/dataset-presets";
import { datasetNameSchema, ROW_FILES, type Addition, type Incoming } from "@/server/contract/datasets";
import { useFormat } from "../i18n/use-format";
import { Button } from "../ui/button";
import { Sheet } from "../ui/dialog";
import { Field } from "../ui/field";
import { Message } from "../ui/message";
import { Progress } from "../ui/meter";
import { TextInput } from "../ui/text-input";
import { addIncoming, additionQuery } from "./dataset-queries";
import { MappedPreview, MappingForm, type MappingValue } from "./mapping-form";
import { useDone } from "./use-done";
import type { IncomingControls } from "./use-incoming";

export interface AddSheetProps {
  incoming: IncomingControls;
  onClose: () => void;
  /** The dataset's name. */
  onAdded: (name: string) => void;
}

export function AddSheet({ incoming, onClose, onAdded }: AddSheetProps) {
  const t = useTranslations("datasets.add");
  const { state } = incoming;
  const title = state.step === "mapping" ? t("titleOf", { name: state.file.name }) : t("title");
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={title}>
      {state.step === "choose" && <Choose incoming={incoming} error={state.error} />}
      {state.step === "sending" && <Sending {...state} onCancel={incoming.reset} />}
      {state.step === "looking" && <p className="muted">{t("looking", { name: state.name })}</p>}
      {state.step === "mapping" && <MapAndAdd file={state.file} onBack={incoming.reset} onAdded={onAdded} />}
    </Sheet>
  );
}

function Choose({ incoming, error }: { incoming: IncomingControls; error: string | null }) {
  const t = useTranslations("datasets.add");
  const input = useRef<HTMLInputElement>(null);
  const [path, setPath] = useState("");

  function look(event: FormEvent) {
    event.preventDefault();
    if (path.trim() !== "") void incoming.lookAtPath(path.trim());
  }

  return (
    <div className="grid gap-4">
      {error !== null && <Message kind="bad">{error}</Message>}
      <div className="drop-zone">
        <p>{t("drop")}</p>
        <Button icon="folder" onClick={() => input.current?.click()}>
          {t("choose")}
        </Button>
        <input
          ref={input}
          type="file"
          className="vh"
          tabIndex={-1}
          aria-label={t("choose")}
          accept={ROW_FILES.join(",")}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void incoming.send(file);
          }}
        />
        <p className="hint">{t("kinds", { kinds: ROW_FILES.join(" ") })}</p>
      </div>
      <form onSubmit={look}>
        <Field label={t("path")} hint={t("pathHint")}>
          {(ids) => (
            <span className="row">
              <TextInput
                {...ids}
                className="grow"
                value={path}
                onChange={(event) => setPath(event.target.value)}
                spellCheck={false}
              />
              <Button type="submit" disabled={path.trim() === ""}>
                {t("look")}
              </Button>
            </span>
          )}
        </Field>
      </form>
    </div>
  );
}

interface SendingProps {
  name: string;
  received: number;
  size: number;
  onCancel: () => void;
}

function Sending({ name, received, size, onCancel }: SendingProps) {
  const t = useTranslations("datasets.add");
  const format = useFormat();
  return (
    <div className="grid gap-3">
      <p className="wrap-anywhere">
        {t("sending", { name, received: format.bytes(received), size: format.bytes(size) })}
      </p>
      <Progress value={received} max={size} label={t("sendingLabel")} />
      <p className="hint">{t("resumes")}</p>
      <div>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </div>
  );
}

interface MapAndAddProps {
  file: Incoming;
  onBack: () => void;
  onAdded: (name: string) => void;
}

function MapAndAdd({ file, onBack, onAdded }: MapAndAddProps) {
  const t = useTranslations("datasets.add");
  const format = useFormat();
  const [value, setValue] = useState<MappingValue>({ ...file.guess, system: "" });
  const [name, setName] = useState(file.suggested_name);
  const adding = useMutation({ mutationFn: () => addIncoming(file.id, { name: name.trim(), ...value }) });
  const nameProblem = datasetNameSchema.safeParse(name).success ? null : t("badName");
  const canAdd = nameProblem === null && missingMeaning(value.preset, value.mapping) === null;

  if (adding.data)
    return <AddProgress id={file.id} first={adding.data} onAdded={onAdded} onBack={() => adding.reset()} />;
  return (
    <div className="grid gap-4">
      <p className="faint small">
        {t("facts", {
          kind: file.kind.slice(1),
          bytes: format.bytes(file.bytes),
          columns: file.columns.join(", "),
        })}
      </p>
      {file.problems[0] && (
        <Message kind="warn">
          {t("badRow", { row: file.problems[0].row + 1, reason: file.problems[0].message })}
        </Message>
      )}
      <MappingForm value={value} onChange={setValue} presets={PRESETS} columns={file.columns} canConvert />
      <MappedPreview value={value} sample={file.sample} fileKind={file.kind} />
      <Field
        label={t("name")}
        problem={nameProblem === null ? null : { severity: "error", message: nameProblem }}
      >
        {(ids) => <TextInput {...ids} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      {adding.error && <Message kind="bad">{adding.error.message}</Message>}
      <div className="row justify-end">
        <Button onClick={onBack}>{t("other")}</Button>
        <Button kind="primary" disabled={!canAdd || adding.isPending} onClick={() => adding.mutate()}>
          {t("add")}
        </Button>
      </div>
    </div>
  );
}

interface AddProgressProps {
  id: string;
  first: Addition;
  onAdded: (name: string) => void;
  onBack: () => void;
}

function AddProgress({ id, first, onAdded, onBack }: AddProgressProps) {
  const t = useTranslations("datasets.add");
  const format = useFormat();
  const done = useDone();
  const { data = first } = useQuery(additionQuery(id, true));
  const told = useRef(false);

  useEffect(() => {
    if (data.state !== "done" || told.current) return;
    told.current = true;
    const { name, skipped, first_skipped: reasons } = data;
    done(
      skipped === 0
        ? t("done", { name })
        : t("doneBut", { name, skipped, reason: reasons[0]?.message ?? "" }),
      data.undo,
    );
    onAdded(name);
  }, [data, done, onAdded, t]);

  if (data.state === "failed") {
    return (
      <div className="grid gap-3">
        <Message kind="bad">{data.error}</Message>
        <div>
          <Button onClick={onBack}>{t("back")}</Button>
        </div>
      </div>
    );
  }
  return (
    <div className="grid gap-3">
      <p>{t("adding", { count: format.count(data.rows_done) })}</p>
      <Progress value={data.share} max={1} label={t("addingLabel")} />
    </div>
  );
}
