/** A cell: numbers are written as they are, null is an empty cell. */
export type Cell = string | number | null;

/** What a column holds: a type of XML Schema, by its name in CSVW. `date`: 2026-11-24. `dateTime`: with its offset. */
export type CsvType = 'string' | 'integer' | 'decimal' | 'date' | 'dateTime';

/** A column of a file. `name`: in the header, and stays, since programs read it. `says`: what it means, where its name does not. */
export interface CsvColumn {
  readonly name: string;
  readonly type: CsvType;
  readonly says?: string | undefined;
}

/** A table as it leaves: its columns, and its records in parts of as many as may be held at once. */
export interface CsvTable {
  readonly columns: readonly CsvColumn[];
  readonly parts: AsyncIterable<readonly (readonly Cell[])[]> | Iterable<readonly (readonly Cell[])[]>;
}

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

/** Columns of one type, from their names: `columnsOf('integer', 'answers (count)')`. */
export const columnsOf = (type: CsvType, ...names: readonly string[]): CsvColumn[] =>
  names.map(name => ({ name, type }));

/** A table as CSV, part by part. The mark in front tells spreadsheets that the letters are UTF-8. `rows`: records in the part. */
export async function* csvParts({
  columns,
  parts,
}: CsvTable): AsyncGenerator<{ readonly text: string; readonly rows: number }> {
  const names = columns.map(({ name }) => name);
  const header = csv(names, []);
  yield { text: `\ufeff${header}`, rows: 0 };
  for await (const part of parts)
    if (part.length > 0) yield { text: csv(names, part).slice(header.length), rows: part.length };
}

/** What most texts have none of: the beginning of a formula, and what has to be quoted. */
const SPECIAL = /^[=+\-@＝＋－＠\t]|[",\r\n]/;

function write(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return SPECIAL.test(cell) ? quoted(guarded(cell)) : cell;
  if (!Number.isFinite(cell)) throw new RangeError(`${cell} is no number`);
  return String(cell);
}

const guarded = (text: string): string => (/^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text);

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
