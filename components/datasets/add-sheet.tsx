"use client";
/** Files become datasets: dropped, chosen or named by their path; their columns mapped with the result in sight; then added. */
import { type FormEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ROW_FILES, togetherKey } from "@/server/contract/datasets";
import { useFormat } from "../i18n/use-format";
import { Button } from "../ui/button";
import { Sheet } from "../ui/dialog";
import { Field } from "../ui/field";
import { Message } from "../ui/message";
import { Progress } from "../ui/meter";
import { TextInput } from "../ui/text-input";
import { groupFiles } from "./file-groups";
import { IncomingList } from "./incoming-list";
import type { IncomingFile } from "./incoming-queue";
import { MapAndAdd } from "./map-and-add";
import type { IncomingControls } from "./use-incoming";

export interface AddSheetProps {
  incoming: IncomingControls;
  onClose: () => void;
  /** The last dataset's name. */
  onAdded: (name: string) => void;
}

export function AddSheet({ incoming, onClose, onAdded }: AddSheetProps) {
  const t = useTranslations("datasets.add");
  const { files } = incoming;
  const [only] = files;
  const title =
    only === undefined
      ? t("title")
      : files.length === 1
        ? t("titleOf", { name: only.name })
        : t("titleMany", { count: files.length });
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={title}>
      <div className="grid gap-4">
        {files.length > 1 && <IncomingList incoming={incoming} />}
        {only === undefined ? (
          <Choose incoming={incoming} />
        ) : files.length === 1 ? (
          <OnlyFile file={only} incoming={incoming} />
        ) : (
          files.some(isUnderWay) && <p className="hint">{t("resumes")}</p>
        )}
        <Groups incoming={incoming} onAdded={onAdded} />
      </div>
    </Sheet>
  );
}

function isUnderWay({ step }: IncomingFile): boolean {
  return step.is === "waiting" || step.is === "sending" || step.is === "looking";
}

/** The files that can be one dataset each or together; one such group after the other. */
function Groups({ incoming, onAdded }: Pick<AddSheetProps, "incoming" | "onAdded">) {
  const { files, remove } = incoming;
  if (files.some(isUnderWay)) return null;
  const ready = files.flatMap(({ key, step }) => (step.is === "ready" ? [{ key, facts: step.facts }] : []));
  const [group] = groupFiles(ready);
  if (!group) return null;
  return (
    <MapAndAdd
      key={togetherKey(group[0]!.facts)}
      files={group.map(({ facts }) => facts)}
      isPart={group.length < files.length}
      onBack={() => remove(files.map(({ key }) => key))}
      onAdded={(name, ids) => {
        const added = group.filter(({ facts }) => ids.includes(facts.id)).map(({ key }) => key);
        remove(added);
        if (added.length === files.length) onAdded(name);
      }}
    />
  );
}

function Choose({ incoming }: { incoming: IncomingControls }) {
  const t = useTranslations("datasets.add");
  const input = useRef<HTMLInputElement>(null);
  const [path, setPath] = useState("");

  function look(event: FormEvent) {
    event.preventDefault();
    if (path.trim() !== "") void incoming.lookAtPath(path.trim());
  }

  return (
    <>
      {incoming.pathProblem !== null && <Message kind="bad">{incoming.pathProblem}</Message>}
      <div className="drop-zone">
        <p>{t("drop")}</p>
        <Button icon="folder" onClick={() => input.current?.click()}>
          {t("choose")}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          className="vh"
          tabIndex={-1}
          aria-label={t("choose")}
          accept={ROW_FILES.join(",")}
          onChange={(event) => incoming.send([...(event.target.files ?? [])])}
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
    </>
  );
}

/** How far the one file is that there is; nothing once it can be mapped. */
function OnlyFile({ file, incoming }: { file: IncomingFile; incoming: IncomingControls }) {
  const t = useTranslations("datasets.add");
  const format = useFormat();
  const { key, name, step } = file;
  const takeOff = (
    <Button onClick={() => incoming.remove([key])}>{t(step.is === "failed" ? "other" : "cancel")}</Button>
  );
  switch (step.is) {
    case "ready":
      return null;
    case "failed":
      return (
        <>
          <Message kind="bad">{step.reason}</Message>
          <div className="row">
            {takeOff}
            <Button onClick={() => incoming.retry(key)}>{t("retry")}</Button>
          </div>
        </>
      );
    case "sending":
      return (
        <div className="grid gap-3">
          <p className="wrap-anywhere">
            {t("sending", { name, received: format.bytes(step.received), size: format.bytes(step.size) })}
          </p>
          <Progress value={step.received} max={step.size} label={t("sendingOf", { name })} />
          <p className="hint">{t("resumes")}</p>
          <div>{takeOff}</div>
        </div>
      );
    default:
      return <p className="muted">{t("looking", { name })}</p>;
  }
}
