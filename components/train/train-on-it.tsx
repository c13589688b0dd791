"use client";
/** Opens the train form, as it was left, with this dataset chosen and a stage that its rows fit. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import type { DatasetListItem } from "@/server/contract/datasets";
import { Button } from "../ui/button";
import { useToast } from "../ui/toast";

export function TrainOnIt({ dataset }: { dataset: DatasetListItem }) {
  const t = useTranslations("datasets");
  const router = useRouter();
  const queries = useQueryClient();
  const toast = useToast();
  const choose = useMutation({
    mutationFn: async () => {
      const { chooseDataset } = await import("./choose-dataset");
      await chooseDataset(queries, dataset);
    },
    onSuccess: () => router.push("/train"),
    onError: (error) => toast({ kind: "bad", text: error.message }),
  });
  return (
    <Button disabled={choose.isPending} onClick={() => choose.mutate()}>
      {t("trainOnIt")}
    </Button>
  );
}
