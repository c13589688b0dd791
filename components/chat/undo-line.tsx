/** What was deleted in an open sheet, with the way back: a passing note lies outside the sheet, where keys do not reach. */
import { useTranslations } from "use-intl";
import { Button } from "@/components/ui/button";

export interface UndoLineProps {
  text: string;
  onUndo: () => void;
}

export function UndoLine({ text, onUndo }: UndoLineProps) {
  const t = useTranslations("shell");
  return (
    <div className="row between rounded-md bg-sunken px-3 py-1">
      <span className="min-w-0 wrap-anywhere" role="status">
        {text}
      </span>
      <Button size="sm" onClick={onUndo}>
        {t("undo")}
      </Button>
    </div>
  );
}
