"use client";
/** Takes a training_args.yaml or a llamaboard_config.yaml, pasted or from a file, into the form. */
import { type ChangeEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { TextArea } from "../ui/text-input";
import { useFill } from "./use-fill";

export function YamlDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("train.yamlDialog");
  const { fillText, readFile } = useFill();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);

  function change(next: string) {
    setProblem(null);
    setText(next);
  }

  function fill() {
    const found = fillText(text);
    setProblem(found);
    if (found === null) onClose();
  }

  async function pick(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    const read = await readFile(file);
    if ("text" in read) change(read.text);
    else setProblem(read.problem);
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <p className="muted text-md">{t("explain")}</p>
      <Field label={t("text")} problem={problem === null ? null : { severity: "error", message: problem }}>
        {(ids) => (
          <TextArea
            {...ids}
            className="mono"
            rows={12}
            spellCheck={false}
            value={text}
            onChange={(event) => change(event.target.value)}
          />
        )}
      </Field>
      <div className="row between">
        <Button icon="folder" onClick={() => picker.current?.click()}>
          {t("file")}
        </Button>
        <input
          ref={picker}
          type="file"
          className="vh"
          tabIndex={-1}
          aria-label={t("file")}
          accept=".yaml,.yml,.json,application/yaml,application/json"
          onChange={(event) => void pick(event)}
        />
        <Button kind="primary" onClick={fill}>
          {t("fill")}
        </Button>
      </div>
    </Dialog>
  );
}
