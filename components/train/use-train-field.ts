"use client";
/** One field of the form: its value now, and how to change it. */
import { type FieldPathValue, useFormContext, useWatch } from "react-hook-form";
import type { FieldName, TrainForm } from "./form-defaults";

export function useTrainField<Name extends FieldName>(name: Name) {
  const value = useWatch<TrainForm, Name>({ name });
  const { setValue } = useFormContext<TrainForm>();
  return {
    value,
    onChange: (next: FieldPathValue<TrainForm, Name>) => setValue(name, next),
  };
}
