"use client";
/** The advice on methods, with the form's facts in and its changes out. */
import { useFormContext } from "react-hook-form";
import { MethodAdviceCard } from "../models/method-advice";
import type { TrainForm } from "./form-defaults";
import { useTrainPage } from "./train-context";

export function TrainAdvice() {
  const { forecast, applyFix } = useTrainPage();
  const { setValue } = useFormContext<TrainForm>();
  if (!forecast) return null;
  const { engine } = forecast.choice;
  return (
    <MethodAdviceCard
      ways={forecast.ways}
      rows={forecast.train_rows}
      engine={engine}
      onTake={(way) => {
        applyFix(way.set);
        if (way.engine !== engine) setValue("engine", way.engine);
      }}
      onSample={(rows) => applyFix({ max_samples: rows })}
    />
  );
}
