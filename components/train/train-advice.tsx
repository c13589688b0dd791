"use client";
/** The advice on methods, with the form's facts in and its changes out. */
import dynamic from "next/dynamic";
import { useFormContext } from "react-hook-form";
import type { TrainForm } from "./form-defaults";
import { useTrainPage } from "./train-context";

/** It waits for the forecast in any case, and comes meanwhile. */
const MethodAdviceCard = dynamic(() =>
  import("../models/method-advice").then((module) => module.MethodAdviceCard),
);

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
