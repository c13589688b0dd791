"use client";
/** Says at an option that only the llamafactory engine has it, why, and how to come by that engine. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormContext } from "react-hook-form";
import { useLocale, useTranslations } from "use-intl";
import { Popover } from "radix-ui";
import { enginesQuery } from "../api/queries";
import { Button } from "../ui/button";
import type { TrainForm } from "./form-defaults";

export function EngineMark({ reason }: { reason: string }) {
  const t = useTranslations("train.engine");
  const locale = useLocale();
  const { setValue } = useFormContext<TrainForm>();
  const { data } = useQuery(enginesQuery);
  const other = data?.items.find(({ id }) => id === "llamafactory");
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="tag tag--mark" aria-label={t("needsOther")} title={t("needsOther")}>
          LF
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={t("needsOther")}
          className="float tip grid max-w-72 gap-2"
          sideOffset={6}
          collisionPadding={8}
        >
          <p>{t("needsOther")}</p>
          {locale === "en" && <p className="muted">{reason}</p>}
          {other?.available ? (
            <Popover.Close asChild>
              <Button size="sm" onClick={() => setValue("engine", "llamafactory")}>
                {t("useOther")}
              </Button>
            </Popover.Close>
          ) : (
            <>
              {other?.reason && locale === "en" && <p className="muted">{other.reason}</p>}
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
