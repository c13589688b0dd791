"use client";
/** The datasets of a field of the form; what can be chosen follows the stage. */
import { DatasetPicker, type DatasetPickerProps } from "../datasets/dataset-picker";
import { needsPairs } from "./form-problems";
import { useTrainField } from "./use-train-field";

export function DatasetChips(props: Omit<DatasetPickerProps, "wantsPairs">) {
  const { value: stage } = useTrainField("stage");
  return <DatasetPicker {...props} wantsPairs={needsPairs(stage)} />;
}
