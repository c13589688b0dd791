"use client";
/** Adapters: those that runs made, and those that lie below models/. */
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { chatHref } from "../chat/chat-link";
import { useFormat } from "../i18n/use-format";
import { Exact } from "../ui/exact";
import { adaptersQuery } from "./model-queries";

export function AdapterTable() {
  const t = useTranslations("models.adapter");
  const format = useFormat();
  const { data } = useQuery(adaptersQuery);
  const adapters = data?.adapters ?? [];
  if (adapters.length === 0) return null;
  return (
    <section aria-label={t("title")} className="mt-6">
      <h2>{t("title")}</h2>
      <div className="tw">
        <table className="wide:min-w-[560px]">
          <thead>
            <tr>
              <th scope="col">{t("name")}</th>
              <th scope="col" className="wide-only">
                {t("kind")}
              </th>
              <th scope="col" className="n">
                {t("rank")}
              </th>
              <th scope="col" className="wide-only">
                {t("base")}
              </th>
              <th scope="col" className="n">
                {t("disk")}
              </th>
              <th scope="col">
                <span className="vh">{t("actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {adapters.map((adapter) => (
              <tr key={adapter.path}>
                <td title={adapter.path}>
                  {adapter.run_id === null ? (
                    <span className="font-medium">{adapter.name}</span>
                  ) : (
                    <Link
                      prefetch={false}
                      className="font-medium text-fg!"
                      href={`/runs/${encodeURIComponent(adapter.run_id)}`}
                    >
                      {adapter.name}
                    </Link>
                  )}
                </td>
                <td className="muted wide-only">
                  {adapter.kind === "LORA" ? "LoRA" : (adapter.kind ?? "–")}
                </td>
                <td className="n">{adapter.rank ?? "–"}</td>
                <td className="muted wide-only">
                  <span className="clip block max-w-52" title={adapter.base ?? undefined}>
                    {adapter.base ?? "–"}
                  </span>
                </td>
                <td className="n">
                  <Exact value={format.count(adapter.bytes)}>{format.bytes(adapter.bytes)}</Exact>
                </td>
                <td className="n">
                  {adapter.run_id !== null && (
                    <Link prefetch={false} href={chatHref(`run:${adapter.run_id}`)}>
                      {t("chat")}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
