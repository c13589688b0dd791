"use client";
/** Where a form can come from (a YAML, the starter's numbers, LLaMA Board's defaults) and the file it can become. */
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Menu } from "../ui/menu";
import { useToast } from "../ui/toast";
import { formToYaml } from "./form-config";
import { BOARD_DEFAULTS, type TrainForm } from "./form-defaults";
import { useTrainPage } from "./train-context";
import { useStarterForm } from "./use-initial-form";
import { YamlDialog } from "./yaml-dialog";

export function LoadMenu() {
  const t = useTranslations("train");
  const undo = useTranslations("shell")("undo");
  const toast = useToast();
  const starter = useStarterForm();
  const { getValues } = useFormContext<TrainForm>();
  const { forecast, replaceForm } = useTrainPage();
  const [loading, setLoading] = useState(false);

  function fill(form: TrainForm) {
    const before = getValues();
    replaceForm(form);
    toast({ text: t("loaded"), action: { label: undo, onClick: () => replaceForm(before) } });
  }

  function resetNumbers() {
    const { model_name_or_path, template, dataset } = getValues();
    fill({ ...BOARD_DEFAULTS, model_name_or_path, template, dataset });
  }

  return (
    <>
      <Menu
        items={[
          { key: "yaml", label: t("loadText"), onSelect: () => setLoading(true) },
          {
            key: "starter",
            label: t("loadStarter"),
            disabled: !starter,
            onSelect: () => starter && fill(starter),
          },
          { key: "defaults", label: t("loadDefaults"), onSelect: resetNumbers },
        ]}
      >
        <Button kind="ghost">
          {t("load")}
          <Icon name="down" small />
        </Button>
      </Menu>
      <Button
        kind="ghost"
        className="wide-only"
        onClick={() =>
          download(forecast?.yaml ?? formToYaml(getValues()), `${getValues("name") || "training_args"}.yaml`)
        }
      >
        {t("saveFile")}
      </Button>
      <YamlDialog
        open={loading}
        onOpenChange={setLoading}
        onFill={(form) => {
          setLoading(false);
          fill(form);
        }}
      />
    </>
  );
}

function download(text: string, name: string) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
