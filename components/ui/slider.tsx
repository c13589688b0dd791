"use client";
/** A value on a line. */
import { Slider as Primitive } from "radix-ui";

export interface SliderProps {
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
  "aria-label": string;
  className?: string;
}

export function Slider({ value, min, max, step, onChange, className = "", ...rest }: SliderProps) {
  return (
    <Primitive.Root
      className={`slider ${className}`}
      value={[value]}
      min={min}
      max={max}
      step={step}
      onValueChange={([next]) => onChange(next ?? value)}
    >
      <Primitive.Track className="slider-track">
        <Primitive.Range className="slider-range" />
      </Primitive.Track>
      <Primitive.Thumb className="slider-thumb" aria-label={rest["aria-label"]} />
    </Primitive.Root>
  );
}
