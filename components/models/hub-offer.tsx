"use client";
/** A hub id was named where a folder is needed: offers to look it up and download it, and says when it is here. */
import dynamic from "next/dynamic";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { readHubAddress } from "@/server/contract/hub-address";
import { useFormat } from "../i18n/use-format";
import { Button } from "../ui/button";
import { hubSettingsQuery } from "./model-queries";
import { useDownloads } from "./use-downloads";

const HubPreviewDialog = dynamic(() => import("./hub-preview").then((module) => module.HubPreviewDialog));

export interface HubOfferProps {
  /** What stands in the field: "org/name". Anything else shows nothing. */
  path: string;
  /** The folder that came, relative to the home folder. */
  onUse: (path: string) => void;
}

export function HubOffer({ path, onUse }: HubOfferProps) {
  const address = readHubAddress(path);
  return address && !/^(models|saves)\//.test(path) ? (
    <Offer id={address.id} revision={address.revision} onUse={onUse} />
  ) : null;
}

function Offer({
  id,
  revision,
  onUse,
}: {
  id: string;
  revision: string | null;
  onUse: HubOfferProps["onUse"];
}) {
  const t = useTranslations("models.offer");
  const tHub = useTranslations("models.hub.name");
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const { data: settings } = useQuery(hubSettingsQuery);
  const { data } = useDownloads();
  const download = data?.items.find(({ repo, kind }) => repo === id && kind === "model");
  if (download?.state === "finished") {
    return (
      <p className="row row--wrap text-md">
        {t("arrived", { id })}
        <Button size="sm" kind="primary" onClick={() => onUse(download.target)}>
          {t("use")}
        </Button>
      </p>
    );
  }
  if (download) {
    const share = download.total_bytes > 0 ? download.done_bytes / download.total_bytes : 0;
    return (
      <p className="row row--wrap text-md">
        {download.error?.message ?? t("coming", { id, share: format.percent(share) })}
        <Link href="/models">{t("downloads")}</Link>
      </p>
    );
  }
  return (
    <p className="row row--wrap text-md">
      {t("absent", { id })}
      <Button size="sm" icon="download" onClick={() => setAsking(true)}>
        {t("look", { hub: tHub(settings?.hub ?? "huggingface") })}
      </Button>
      {asking && (
        <HubPreviewDialog
          asked={{ kind: "model", id, hub: null, revision }}
          onClose={() => setAsking(false)}
        />
      )}
    </p>
  );
}
