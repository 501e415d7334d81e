import { decoded, encodingOf } from './encodings.js';
import { readOneRoster } from './one-roster.js';
import { delimiterOf, recordsOf } from './records.js';
import { readWorkbook } from './workbook.js';
import { zipEntries } from './zip-entries.js';
import { RefusedFile, type RosterRefusal, type RosterTable, type TakeRow } from './roster-table.js';

export type ReadRoster =
  | { readonly ok: true; readonly table: RosterTable; readonly rowCount: number }
  | { readonly ok: false; readonly refusal: RosterRefusal; readonly line: number | null };

/**
 * Reads an uploaded roster: a text file, an Excel workbook, or a ZIP of OneRoster 1.1 or 1.2. Its rows are handed to `take` as they are read, so
 * that nobody has to hold them all; those of a file that is refused in the end count for nothing.
 */
export async function readRoster(bytes: Uint8Array, take: TakeRow): Promise<ReadRoster> {
  let rowCount = 0;
  const counted: TakeRow = row => {
    rowCount += 1;
    take(row);
  };
  try {
    const table = isZip(bytes) ? await readZip(bytes, counted) : await readText(bytes, counted);
    if (rowCount === 0) throw new RefusedFile('empty');
    return { ok: true, table, rowCount };
  } catch (fault) {
    if (!(fault instanceof RefusedFile)) throw fault;
    return { ok: false, refusal: fault.refusal, line: fault.line };
  }
}

/** A package of OneRoster, or a workbook, which is a ZIP, too: of Excel, or (not read) of LibreOffice. */
async function readZip(bytes: Uint8Array, take: TakeRow): Promise<RosterTable> {
  const found = await zipEntries(bytes, ['xl/workbook.xml', 'content.xml']);
  if (found.has('content.xml')) throw new RefusedFile('document');
  return found.has('xl/workbook.xml') ? readWorkbook(bytes, take) : readOneRoster(bytes, take);
}

async function readText(bytes: Uint8Array, take: TakeRow): Promise<RosterTable> {
  if (isDocument(bytes)) throw new RefusedFile('document');
  const encoding = encodingOf(bytes);
  const delimiter = delimiterOf(beginningOf(decoded(bytes, encoding)));
  let header: readonly string[] | null = null;
  for await (const row of recordsOf(decoded(bytes, encoding), delimiter)) {
    if (header) take(row);
    else if (!namesDelimiter(row.cells)) header = row.cells;
  }
  return { source: { kind: 'text', encoding, delimiter }, header: header ?? [] };
}

const namesDelimiter = (cells: readonly string[]): boolean => /^sep=/i.test(cells.join(''));

const beginningOf = (text: Generator<string, void>): string => text.next().value ?? '';

const startsWith = (bytes: Uint8Array, ...first: number[]): boolean =>
  first.every((byte, at) => bytes[at] === byte);

const isZip = (bytes: Uint8Array): boolean => startsWith(bytes, 0x50, 0x4b, 0x03, 0x04);

/** An old workbook of Excel, one with a password, or a PDF. (A new one is a ZIP.) */
const isDocument = (bytes: Uint8Array): boolean =>
  startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0) || startsWith(bytes, 0x25, 0x50, 0x44, 0x46);
