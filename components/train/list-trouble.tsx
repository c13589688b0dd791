"use client";
/** Says that models or datasets could not be asked for, where an empty list would pass for none. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { datasetsQuery, modelsQuery } from "../api/queries";
import { Message } from "../ui/message";

export function ListTrouble({ of }: { of: "models" | "datasets" }) {
  const t = useTranslations("train.unlisted");
  const models = useQuery({ ...modelsQuery, enabled: false });
  const datasets = useQuery({ ...datasetsQuery, enabled: false });
  const { error } = of === "models" ? models : datasets;
  return error && <Message kind="bad">{t(of, { reason: error.message })}</Message>;
}
