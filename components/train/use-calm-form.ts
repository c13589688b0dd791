"use client";
/**
 * The form as of the last moment in which nobody typed: what is made of it (checks, preview, forecast, the draft) takes
 * longer than a letter may.
 */
import { startTransition, useEffect, useState } from "react";
import { useFormContext } from "react-hook-form";
import type { TrainForm } from "./form-defaults";

/** Longer than between two letters of somebody who types fast, shorter than one waits for an answer. */
const PAUSE_MS = 150;

export function useCalmForm(): TrainForm {
  const { getValues, subscribe } = useFormContext<TrainForm>();
  const [form, setForm] = useState<TrainForm>(() => ({ ...getValues() }));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const takeIn = () => startTransition(() => setForm({ ...getValues() }));
    const changed = () => {
      clearTimeout(timer);
      timer = setTimeout(takeIn, PAUSE_MS);
    };
    const stop = subscribe({ formState: { values: true }, callback: changed });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [getValues, subscribe]);
  return form;
}
