"use client";
/** Before several runs are deleted: exactly which files of each go, and how many bytes. This cannot be undone. */
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { queryKeys } from "@/components/api/query-keys";
import { useFormat } from "@/components/i18n/use-format";
import { FileList } from "@/components/run/file-list";
import { listRemovals, type RemovedFile } from "@/components/run/run-actions";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Message } from "@/components/ui/message";
import type { RunSummary } from "@/server/contract/run";
import { splitForDeletion } from "./selection";

/** So few runs show their files at once; of more, each opens on its own. */
const OPEN_UP_TO = 2;

export interface DeleteSelectedDialogProps {
  runs: readonly RunSummary[];
  onClose: () => void;
  /** With the runs that can be deleted. */
  onDelete: (runs: RunSummary[]) => void;
}

export function DeleteSelectedDialog({ runs, onClose, onDelete }: DeleteSelectedDialogProps) {
  const t = useTranslations("runs.selection.deleteDialog");
  const one = useTranslations("run.deleteDialog");
  const format = useFormat();
  const { deletable, going } = splitForDeletion(runs);
  const { data: filesOf, error } = useQuery({
    queryKey: [...queryKeys.runs, "removals", ...deletable.map((run) => run.id)],
    queryFn: async ({ signal }) => {
      const lists = deletable.map(async (run) => [run.id, await listRemovals(run.id, signal)] as const);
      return new Map(await Promise.all(lists));
    },
    staleTime: 0,
  });
  const files = [...(filesOf?.values() ?? [])].flat();
  const size = format.bytes(bytesIn(files));
  const elsewhere = deletable.filter((run) => run.in_place);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title", { count: deletable.length })}>
      {error && <Message kind="bad">{error.message}</Message>}
      {going.length > 0 && (
        <Message kind="warn">
          {t("going", { count: going.length, names: going.map((run) => run.name).join(", ") })}
        </Message>
      )}
      {!filesOf && !error && <p className="muted">{one("counting")}</p>}
      {filesOf && files.length > 0 && <p>{one("what", { count: files.length, size })}</p>}
      {elsewhere.length > 0 && <p>{t("inPlace", { count: elsewhere.length })}</p>}
      {filesOf && (
        <div className="max-h-80 overflow-auto">
          {deletable.map((run) => (
            <RunFiles
              key={run.id}
              name={run.name}
              files={filesOf.get(run.id) ?? []}
              isOpen={deletable.length <= OPEN_UP_TO}
            />
          ))}
        </div>
      )}
      <div className="row justify-end">
        <Button onClick={onClose}>{t("keep")}</Button>
        <Button
          className="border-bad! text-bad!"
          icon="trash"
          disabled={!filesOf || deletable.length === 0}
          onClick={() => {
            onDelete(deletable);
            onClose();
          }}
        >
          {one("delete", { size })}
        </Button>
      </div>
    </Dialog>
  );
}

function RunFiles({ name, files, isOpen }: { name: string; files: readonly RemovedFile[]; isOpen: boolean }) {
  const t = useTranslations("runs.selection.deleteDialog");
  const format = useFormat();
  return (
    <details open={isOpen} className="border-b border-line py-1 text-md">
      <summary className="cursor-pointer">
        <span className="strong wrap-anywhere">{name}</span>{" "}
        <span className="muted">
          {t("filesOf", { count: files.length, size: format.bytes(bytesIn(files)) })}
        </span>
      </summary>
      <FileList files={files} label={name} />
    </details>
  );
}

function bytesIn(files: readonly RemovedFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}
