"use client";
/** Fills the form from elsewhere, tells what came of it, and offers the way back. */
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import { useFormat } from "../i18n/use-format";
import { useToast } from "../ui/toast";
import { yamlToForm } from "./form-yaml";
import type { TrainForm } from "./form-defaults";
import { useTrainPage } from "./train-context";
import { loadYaml } from "./yaml-text";

/** A configuration is a few kilobytes; a model file dropped here by mistake is not read. */
const MAX_FILE_BYTES = 1_000_000;

export interface Fill {
  /** Takes another form; `kept` names the arguments in it that no control stands for. */
  fill: (form: TrainForm, kept?: readonly string[]) => void;
  /** Takes the text of a configuration. @returns why it cannot, in words; null where it could */
  fillText: (text: string) => string | null;
  /** A file's text, or why it is not read. */
  readFile: (file: File) => Promise<{ text: string } | { problem: string }>;
}

export function useFill(): Fill {
  const t = useTranslations("train");
  const undo = useTranslations("shell")("undo");
  const toast = useToast();
  const format = useFormat();
  const { getValues } = useFormContext<TrainForm>();
  const { replaceForm } = useTrainPage();

  function fill(form: TrainForm, kept: readonly string[] = []) {
    const before = { ...getValues() };
    replaceForm(form);
    toast({
      text: kept.length > 0 ? t("loadedKept", { count: kept.length, names: kept.join(", ") }) : t("loaded"),
      action: { label: undo, onClick: () => replaceForm(before) },
    });
  }

  return {
    fill,
    fillText(text) {
      const loaded = yamlToForm(text, getValues());
      if ("form" in loaded) {
        fill({ ...loaded.form, name: getValues("name"), engine: getValues("engine") }, loaded.kept);
        return null;
      }
      const { error } = loaded;
      if (error.kind === "syntax") return t("problem.syntax", { detail: error.detail });
      return t(error.kind === "empty" ? "problem.empty" : "problem.notMapping");
    },
    async readFile(file) {
      if (file.size > MAX_FILE_BYTES)
        return { problem: t("yamlDialog.tooLarge", { size: format.bytes(file.size) }) };
      const [text] = await Promise.all([file.text(), loadYaml()]);
      return { text };
    },
  };
}
