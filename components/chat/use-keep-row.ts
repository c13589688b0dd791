"use client";
/** One click and an answer is a row of a dataset, with undo. What writes it comes with the first click. */
import { useTranslations } from "use-intl";
import { useDone } from "@/components/datasets/use-done";
import { useToast } from "@/components/ui/toast";
import type { ChatSettings } from "./chat-settings";
import type { Turn } from "./conversation";

export interface KeepRowParts {
  turns: readonly Turn[];
  settings: ChatSettings;
}

/** The function that adds the answer of a target at a turn to the chosen dataset. */
export function useKeepRow({ turns, settings }: KeepRowParts): (turnId: string, target: string) => void {
  const t = useTranslations("chat.answers");
  const done = useDone();
  const toast = useToast();
  const { dataset, asking } = settings;

  async function keep(turnId: string, target: string): Promise<void> {
    try {
      const [{ exampleAt }, { addExamples }] = await Promise.all([
        import("./training-rows"),
        import("./add-rows"),
      ]);
      const example = exampleAt(turns, turnId, target, asking);
      if (!example) return;
      const { undo } = await addExamples(dataset, [example], (name) => t("noPlace", { name }));
      done(t("added", { count: 1, name: dataset }), undo);
    } catch (error) {
      toast({ text: error instanceof Error ? error.message : String(error), kind: "bad" });
    }
  }

  return (turnId, target) => void keep(turnId, target);
}
