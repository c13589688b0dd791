"use client";
/** The button that opens the sweep dialog; the dialog's code comes when it is first opened. */
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";
import type { SweepDialogProps } from "./sweep-dialog";

const SweepDialog = dynamic(() => import("./sweep-dialog").then((module) => module.SweepDialog));

export function SweepButton(props: Omit<SweepDialogProps, "onClose">) {
  const t = useTranslations("runs.sweep");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="ghost" size="sm" onClick={() => setOpen(true)}>
        {t("open")}
      </Button>
      {open && <SweepDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
