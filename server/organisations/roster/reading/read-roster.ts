import { decoded, encodingOf } from './encodings.js';
import { readOneRoster } from './one-roster.js';
import { delimiterOf, recordsOf } from './records.js';
import { RefusedFile, type RosterRefusal, type RosterTable, type TableRow } from './roster-table.js';

export type ReadRoster =
  | { readonly ok: true; readonly table: RosterTable }
  | { readonly ok: false; readonly refusal: RosterRefusal; readonly line: number | null };

/** Reads an uploaded roster: a text file, or a ZIP of OneRoster 1.1 or 1.2. */
export async function readRoster(bytes: Uint8Array): Promise<ReadRoster> {
  try {
    const table = isZip(bytes) ? await readOneRoster(bytes) : await readText(bytes);
    if (table.rows.length === 0) throw new RefusedFile('empty');
    return { ok: true, table };
  } catch (fault) {
    if (!(fault instanceof RefusedFile)) throw fault;
    return { ok: false, refusal: fault.refusal, line: fault.line };
  }
}

async function readText(bytes: Uint8Array): Promise<RosterTable> {
  if (isDocument(bytes)) throw new RefusedFile('spreadsheet');
  const encoding = encodingOf(bytes);
  const delimiter = delimiterOf(beginningOf(decoded(bytes, encoding)));
  const records = await all(recordsOf(decoded(bytes, encoding), delimiter));
  if (/^sep=/i.test(records[0]?.cells.join('') ?? '')) records.shift();
  const [header, ...rows] = records;
  return { source: { kind: 'text', encoding, delimiter }, header: header?.cells ?? [], rows };
}

const beginningOf = (text: Generator<string, void>): string => text.next().value ?? '';

async function all(records: AsyncIterable<TableRow>): Promise<TableRow[]> {
  const found: TableRow[] = [];
  for await (const record of records) found.push(record);
  return found;
}

const startsWith = (bytes: Uint8Array, ...first: number[]): boolean =>
  first.every((byte, at) => bytes[at] === byte);

const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);

/** An old workbook of Excel, or a PDF. (A new one is a ZIP.) */
const isDocument = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0) || startsWith(bytes, 0x25, 0x50, 0x44, 0x46);
