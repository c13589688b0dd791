"use client";
/** The mark of another engine from its opening on: why an option needs it, and the way there. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { useFormContext } from "react-hook-form";
import { useTranslations } from "use-intl";
import { enginesQuery } from "../api/queries";
import { useSay } from "../i18n/use-say";
import { Button } from "../ui/button";
import type { TrainForm } from "./form-defaults";

/** @param children the button that opens it */
export function EngineMarkFloat({ reason, children }: { reason: string; children: ReactNode }) {
  const t = useTranslations("train.engine");
  const say = useSay();
  const { setValue } = useFormContext<TrainForm>();
  const { data } = useQuery(enginesQuery);
  const other = data?.items.find(({ id }) => id === "llamafactory");
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger asChild>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={t("needsOther")}
          className="float tip grid max-w-72 gap-2"
          sideOffset={6}
          collisionPadding={8}
        >
          <p>{t("needsOther")}</p>
          <p className="muted">{say(reason)}</p>
          {other?.available ? (
            <Popover.Close asChild>
              <Button size="sm" onClick={() => setValue("engine", "llamafactory")}>
                {t("useOther")}
              </Button>
            </Popover.Close>
          ) : (
            <>
              {other?.reason && <p className="muted">{say(other.reason)}</p>}
              <Link className="btn btn--link" href="/settings">
                {t("install")}
              </Link>
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
