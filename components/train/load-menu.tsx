"use client";
/** Where a form can come from (a file, kept settings, the starter, LLaMA Board's defaults) and what it can become. */
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Menu } from "../ui/menu";
import { saveFile } from "../ui/save-file";
import { useToast } from "../ui/toast";
import { useFileDrop } from "../ui/use-file-drop";
import { formToYaml } from "./form-yaml";
import { BOARD_DEFAULTS, type TrainForm } from "./form-defaults";
import { fragmentOf } from "./share-link";
import { useTrainPage } from "./train-context";
import { useFill } from "./use-fill";
import { useStarterForm } from "./use-initial-form";
import { inExampleOrder, yamlWithoutSecrets } from "./yaml-order";

const SavedDialog = dynamic(() => import("./saved-dialog").then((loaded) => loaded.SavedDialog));
const YamlDialog = dynamic(() => import("./yaml-dialog").then((loaded) => loaded.YamlDialog));

const isConfigFile = (name: string) => /\.(ya?ml|json)$/i.test(name);

export function LoadMenu() {
  const t = useTranslations("train");
  const toast = useToast();
  const starter = useStarterForm();
  const { getValues } = useFormContext<TrainForm>();
  const { forecast } = useTrainPage();
  const { fill, fillText, readFile } = useFill();
  const [loading, setLoading] = useState(false);
  const [choosing, setChoosing] = useState(false);

  async function take(file: File) {
    const read = await readFile(file);
    const problem = "text" in read ? fillText(read.text) : read.problem;
    if (problem !== null) toast({ kind: "bad", text: `${file.name}: ${problem}` });
  }
  const isOver = useFileDrop(([file]) => file && void take(file), isConfigFile);

  function resetNumbers() {
    const { model_name_or_path, template, dataset } = getValues();
    fill({ ...BOARD_DEFAULTS, model_name_or_path, template, dataset });
  }

  function save() {
    const yaml = inExampleOrder(yamlWithoutSecrets(forecast?.yaml ?? formToYaml(getValues())));
    saveFile(new Blob([yaml], { type: "application/yaml" }), `${getValues("name") || "training_args"}.yaml`);
  }

  async function copyLink() {
    const address = `${window.location.origin}/train${fragmentOf(getValues())}`;
    try {
      await navigator.clipboard.writeText(address);
      toast({ text: t("linkCopied") });
    } catch {
      // No clipboard (a foreign host without https): the address bar shows what can be copied by hand.
      window.history.replaceState(null, "", address);
      toast({ text: t("linkInAddress") });
    }
  }

  return (
    <>
      <Menu
        items={[
          { key: "yaml", label: t("loadText"), onSelect: () => setLoading(true) },
          { key: "saved", label: t("loadSaved"), onSelect: () => setChoosing(true) },
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
      <Menu
        items={[
          { key: "keep", label: t("saveKept"), onSelect: () => setChoosing(true) },
          { key: "file", label: t("saveFile"), onSelect: save },
          { key: "link", label: t("copyLink"), onSelect: () => void copyLink() },
        ]}
      >
        <Button kind="ghost">
          {t("save")}
          <Icon name="down" small />
        </Button>
      </Menu>
      {loading && <YamlDialog onClose={() => setLoading(false)} />}
      {choosing && <SavedDialog onClose={() => setChoosing(false)} />}
      {isOver && <p className="drop-veil">{t("dropHere")}</p>}
    </>
  );
}
