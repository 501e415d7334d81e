/** Columns padded to their widest cell; numbers aligned to the right. */
export function textTable(head: string[], rows: readonly (string | number)[][]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => String(row[column]).length)),
  );
  const line = (row: (string | number)[]): string =>
    row
      .map((cell, column) =>
        /^[\d.]+$/.test(String(cell))
          ? String(cell).padStart(widths[column] ?? 0)
          : String(cell).padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [head, ...rows].map(row => `  ${line(row)}`).join('\n');
}
