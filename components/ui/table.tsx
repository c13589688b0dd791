/** A table of rows between lines; it scrolls inside itself where it is too wide, never the page. */
import type { ReactNode } from "react";

export interface TableColumn<Row> {
  key: string;
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Right-aligned. */
  numeric?: boolean;
  className?: string;
}

export interface TableProps<Row> {
  rows: readonly Row[];
  columns: readonly TableColumn<Row>[];
  rowKey: (row: Row) => string;
  selected?: (row: Row) => boolean;
  caption: string;
}

export function Table<Row>({ rows, columns, rowKey, selected, caption }: TableProps<Row>) {
  return (
    <div className="tw">
      <table>
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={`${column.numeric ? "n" : ""} ${column.className ?? ""}`}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={selected?.(row) ? "sel" : undefined}>
              {columns.map((column) => (
                <td key={column.key} className={`${column.numeric ? "n" : ""} ${column.className ?? ""}`}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
