/** Files by name with their sizes, in a box that scrolls. */
import { useFormat } from "@/components/i18n/use-format";

export interface FileListProps {
  files: readonly { name: string; bytes: number }[];
  label: string;
}

export function FileList({ files, label }: FileListProps) {
  const format = useFormat();
  return (
    <ul className="max-h-60 overflow-auto border-y border-line text-md" tabIndex={0} aria-label={label}>
      {files.map((file) => (
        <li key={file.name} className="row between py-1">
          <code className="clip" title={file.name}>
            {file.name}
          </code>
          <span className="muted nowrap" title={String(file.bytes)}>
            {format.bytes(file.bytes)}
          </span>
        </li>
      ))}
    </ul>
  );
}
