"use client";
/** Data: datasets as chips, the rows of one of them on demand, and how many are held out. */
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { DatasetChips } from "./dataset-chips";
import { FormSection } from "./form-section";
import { ListTrouble } from "./list-trouble";
import { ProblemText } from "./problem-text";
import { useProblemAt } from "./train-context";
import { useTrainField } from "./use-train-field";
import { ValidationShare } from "./validation-share";

/** Not part of the first load: it brings lists of any length and the template's text. */
const DatasetPreview = dynamic(() => import("./dataset-preview").then((loaded) => loaded.DatasetPreview), {
  loading: () => <div className="h-80" aria-busy="true" />,
});

export function DataSection({ simple = false }: { simple?: boolean }) {
  const t = useTranslations("train");
  const { value: chosen, onChange } = useTrainField("dataset");
  const [preview, setPreview] = useState(simple);
  const problem = useProblemAt("dataset");
  return (
    <FormSection title={t("section.data")}>
      {simple ? (
        <div className="row row--wrap">
          <DatasetChips name="dataset" chosen={chosen} onChange={onChange} />
        </div>
      ) : (
        <div className={`grid4 ${problem?.severity === "error" ? "field--bad" : ""}`}>
          <div className="control control--tall span3" role="group" aria-label={t("section.data")}>
            <DatasetChips name="dataset" chosen={chosen} onChange={onChange} />
          </div>
          <Button
            className="full-m h-10"
            icon="preview"
            aria-expanded={preview}
            disabled={chosen.length === 0}
            onClick={() => setPreview(!preview)}
          >
            {t(preview ? "data.hidePreview" : "data.preview")}
          </Button>
        </div>
      )}
      <ListTrouble of="datasets" />
      {problem && (
        <Message kind={problem.severity === "error" ? "bad" : "warn"}>
          <ProblemText problem={problem} />
        </Message>
      )}
      {preview && chosen.length > 0 && <DatasetPreview names={chosen} />}
      {!simple && <ValidationShare />}
    </FormSection>
  );
}
