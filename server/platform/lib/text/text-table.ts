type Row = readonly (string | number)[];

/** Columns padded to their widest cell; numbers aligned to the right. */
export function textTable(head: string[], rows: readonly Row[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => String(row[column]).length)),
  );
  return [head, ...rows].map(row => tableLine(row, widths)).join('\n');
}

/** One line of a table whose columns are so wide, for tables that are printed while they grow. */
export const tableLine = (row: Row, widths: readonly number[]): string =>
  `  ${row.map((cell, column) => padded(String(cell), widths[column] ?? 0)).join('  ')}`.trimEnd();

const padded = (cell: string, width: number): string =>
  /^[\d.]+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
