"use client";
/** Takes a training_args.yaml, pasted or from a file, into the form. */
import { type ChangeEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useFormat } from "../i18n/use-format";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { TextArea } from "../ui/text-input";
import { yamlToForm } from "./form-config";
import type { TrainForm } from "./form-defaults";

/** A configuration is a few kilobytes; a model file dropped here by mistake is not read. */
const MAX_FILE_BYTES = 1_000_000;

export interface YamlDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onFill: (form: TrainForm) => void;
}

export function YamlDialog({ open, onOpenChange, onFill }: YamlDialogProps) {
  const t = useTranslations("train.yamlDialog");
  const say = useTranslations("train.problem");
  const format = useFormat();
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);

  function fill() {
    const loaded = yamlToForm(text);
    if ("form" in loaded) {
      setText("");
      onFill(loaded.form);
      return;
    }
    const { error } = loaded;
    setProblem(
      error.kind === "syntax"
        ? say("syntax", { detail: error.detail })
        : say(error.kind === "empty" ? "empty" : "notMapping"),
    );
  }

  async function readFile(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    if (file.size > MAX_FILE_BYTES) {
      setProblem(t("tooLarge", { size: format.bytes(file.size) }));
      return;
    }
    setProblem(null);
    setText(await file.text());
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")}>
      <p className="muted text-md">{t("explain")}</p>
      <Field label={t("text")} problem={problem === null ? null : { severity: "error", message: problem }}>
        {(ids) => (
          <TextArea
            {...ids}
            className="mono"
            rows={12}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setProblem(null);
              setText(event.target.value);
            }}
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
          onChange={(event) => void readFile(event)}
        />
        <Button kind="primary" onClick={fill}>
          {t("fill")}
        </Button>
      </div>
    </Dialog>
  );
}
