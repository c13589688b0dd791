"use client";
/** Opens the dialog of a push; the dialog comes when it is first wanted. */
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { Button } from "../ui/button";

const PushDialog = dynamic(() => import("./push-dialog").then((module) => module.PushDialog));

export interface PushButtonProps {
  /** As in `planPushSchema`. */
  source: string;
  name: string;
  children: ReactNode;
}

export function PushButton({ source, name, children }: PushButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="sm" kind="ghost" onClick={() => setIsOpen(true)}>
        {children}
      </Button>
      {isOpen && <PushDialog source={source} name={name} onClose={() => setIsOpen(false)} />}
    </>
  );
}
