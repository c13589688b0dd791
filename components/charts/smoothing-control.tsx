"use client";
/** The slider of the smoothing weight; "auto" is LLaMA Board's weight, which grows with the number of points. */
import { useTranslations } from "use-intl";
import { Slider } from "@/components/ui/slider";

export interface SmoothingControlProps {
  /** The weight in use. */
  weight: number;
  isAuto: boolean;
  onChange: (weight: number | null) => void;
}

export function SmoothingControl({ weight, isAuto, onChange }: SmoothingControlProps) {
  const t = useTranslations("run.chart");
  return (
    <span className="row wide-only small muted">
      {t("smoothing")}
      <Slider
        value={Number(weight.toFixed(2))}
        min={0}
        max={0.99}
        step={0.01}
        onChange={onChange}
        aria-label={t("smoothing")}
      />
      <span className="w-7">{weight.toFixed(2)}</span>
      <button
        type="button"
        className={`btn btn--link small ${isAuto ? "invisible" : ""}`}
        title={t("autoTitle")}
        onClick={() => onChange(null)}
      >
        {t("auto")}
      </button>
    </span>
  );
}
