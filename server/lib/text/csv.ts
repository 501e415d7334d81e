/** A cell: numbers are written as they are, null is an empty cell. */
export type Cell = string | number | null;

/**
 * Comma-separated values after RFC 4180: records end with CRLF, the first one is the header, quotes are doubled. A
 * text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV injection"); numbers
 * are ours and stay numbers, including a minus sign. Throws RangeError for NaN and infinities, and for a record
 * whose length differs from the header's. The package `csv-stringify` lets pass full-width signs, a line break in front,
 * numbers that are none, and records of any length.
 */
export function csv(header: readonly string[], records: readonly (readonly Cell[])[]): string {
  for (const record of records)
    if (record.length !== header.length)
      throw new RangeError(`A record of ${record.length} cells under a header of ${header.length}`);
  return [header, ...records].map(record => `${record.map(write).join(',')}\r\n`).join('');
}

function write(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return quoted(/^[=+\-@＝＋－＠\t\r\n]/.test(cell) ? `'${cell}` : cell);
  if (!Number.isFinite(cell)) throw new RangeError(`${cell} is no number`);
  return String(cell);
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
