"use client";
/** Which model's tokenizer and which template make text and tokens of the rows. */
import { useTranslations } from "use-intl";
import { TEMPLATE_NAMES } from "@/server/contract/template-names";
import { Button } from "../ui/button";
import { Combobox } from "../ui/combobox";
import { Icon } from "../ui/icon";
import type { EncodingChoice } from "./use-encoding";

export function EncodingPicker({ encoding, models, choose }: EncodingChoice) {
  const t = useTranslations("datasets");
  const model = models.find((each) => each.path === encoding?.model_name_or_path);
  return (
    <span className="row row--wrap small gap-1">
      <span className="muted">{t("as")}</span>
      <Combobox
        align="end"
        placeholder={t("pickModel")}
        empty={(text) => t("noSuchModel", { text })}
        onPick={(path) => choose({ model: path })}
        options={models.map((each) => ({
          value: each.path,
          text: `${each.name} ${each.path}`,
          selected: each.path === encoding?.model_name_or_path,
          content: <span className="clip">{each.name}</span>,
        }))}
      >
        <Button size="sm" role="combobox" aria-label={t("pickModel")}>
          <span className="clip max-w-32">{model?.name ?? "–"}</span>
          <Icon name="down" small />
        </Button>
      </Combobox>
      <Combobox
        align="end"
        placeholder={t("pickTemplate")}
        empty={(text) => t("noSuchTemplate", { text })}
        onPick={(template) => choose({ template })}
        options={TEMPLATE_NAMES.map((name) => ({
          value: name,
          text: name,
          selected: name === encoding?.template,
          content: name,
        }))}
      >
        <Button size="sm" role="combobox" aria-label={t("pickTemplate")}>
          <span className="clip max-w-32">{encoding?.template ?? t("ownTemplate")}</span>
          <Icon name="down" small />
        </Button>
      </Combobox>
    </span>
  );
}
