"use client";
/** Which settings matter for the form as it is, without watching those on which nothing depends. */
import { useWatch } from "react-hook-form";
import type { FieldName, TrainForm } from "./form-defaults";
import { appliesTo, CONDITION_FIELDS, type SettingName } from "./settings-table";

const WATCHED = CONDITION_FIELDS as FieldName[];

export function useApplying(): (name: SettingName) => boolean {
  const values = useWatch<TrainForm, FieldName[]>({ name: WATCHED });
  const form = Object.fromEntries(WATCHED.map((field, index) => [field, values[index]]));
  return (name) => appliesTo(name, form);
}
