import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { MAX_COLUMNS, MAX_ROWS, RefusedFile, type Delimiter, type TableRow } from './roster-table.js';

/** Characters of one record. A quote that is never closed would otherwise swallow the rest of the file. */
const LONGEST = 100_000;

/** What a spreadsheet wrote before a formula (`csv` in lib/csv.ts), so that a file of ours reads as what went into it. */
const GUARDED = /^'(?=[=+\-@＝＋－＠\t\r\n])/;

/** What somebody wrote into a cell. */
export const cleanCell = (cell: string): string => cell.replace(GUARDED, '').trim();

/**
 * The records of comma-separated values (RFC 4180), read in pieces: the first one names the columns. Empty records are left
 * out, and counted in the numbers of rows. Throws RefusedFile for more rows or columns than a roster may have, and for
 * quotes that are never closed.
 */
export async function* recordsOf(
  text: Iterable<string> | AsyncIterable<string>,
  delimiter: Delimiter,
  maxRows = MAX_ROWS,
): AsyncGenerator<TableRow> {
  const parser = parse({ delimiter, relax_column_count: true, relax_quotes: true, max_record_size: LONGEST });
  // What goes wrong before the parser, such as a ZIP bomb, ends it, and is thrown below.
  pipeline(Readable.from(inBounds(text, delimiter)), parser, () => undefined);
  let line = 0;
  let filled = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      line += 1;
      const cells = record.map(cleanCell);
      if (cells.length > MAX_COLUMNS) throw new RefusedFile('too-many-columns', line);
      if (cells.every(cell => cell === '')) continue;
      if ((filled += 1) > maxRows + 1) throw new RefusedFile('too-many-rows');
      yield { line, cells };
    }
  } catch (fault) {
    throw fault instanceof CsvError ? new RefusedFile('quotes', Number(fault.records) + 1) : fault;
  }
}

/** The same text, up to a line of which no record could hold all fields: the parser keeps those of a record until it ends. */
async function* inBounds(
  text: Iterable<string> | AsyncIterable<string>,
  delimiter: Delimiter,
): AsyncGenerator<string> {
  let [line, fields] = [1, 0];
  for await (const piece of text) {
    for (const letter of piece)
      if (letter === '\n' || letter === '\r') {
        line += letter === '\n' ? 1 : 0;
        fields = 0;
      } else if (letter === delimiter && (fields += 1) > LONGEST)
        throw new RefusedFile('too-many-columns', line);
    yield piece;
  }
}

const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that stands most often outside quotes in the first line of a text; a spreadsheet may name it (`sep=;`). */
export function delimiterOf(beginning: string): Delimiter {
  const named = /^sep=([,;\t])\r?\n/i.exec(beginning)?.[1];
  if (named) return named as Delimiter;
  const first =
    beginning
      .replace(/"[^"]*"/g, '')
      .split(/[\r\n]/)
      .find(line => line.trim() !== '') ?? '';
  const counts = DELIMITERS.map(delimiter => first.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
