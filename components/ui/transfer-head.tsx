/** The line over something that is on its way between this machine and a hub: what it is, how it stands, what can be done. */
import type { ReactNode } from "react";
import type { RunStatus } from "@/server/contract/run";
import { Progress } from "./meter";
import { StatusMark } from "./status-mark";

export interface TransferHeadProps {
  name: string;
  status: RunStatus;
  /** The status in words. */
  text: string;
  done_bytes: number;
  total_bytes: number;
  /** What the bar under the line is called; null where there is nothing to wait for. */
  bar: string | null;
  /** Buttons. */
  children: ReactNode;
}

export function TransferHead({
  name,
  status,
  text,
  done_bytes,
  total_bytes,
  bar,
  children,
}: TransferHeadProps) {
  return (
    <>
      <div className="row between row--wrap gap-y-1 pb-1.5">
        <span className="row min-w-0">
          <h2 className="clip">{name}</h2>
          <StatusMark status={status} progress={total_bytes > 0 ? done_bytes / total_bytes : 0} text={text} />
        </span>
        {children}
      </div>
      {bar !== null && <Progress value={done_bytes} max={total_bytes} label={bar} className="h-2!" />}
    </>
  );
}
