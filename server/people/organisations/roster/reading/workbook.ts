import { cellFormat, shownNumber, type CellFormat } from './number-formats.js';
import { cleanCell } from './records.js';
import { MAX_COLUMNS, MAX_ROWS, RefusedFile, type RosterTable, type TakeRow } from './roster-table.js';
import { readXml, xmlPieces } from './xml-parts.js';
import { zipEntries, type ZipEntries } from './zip-entries.js';

/** The parts of a workbook that say where its first sheet is and what its cells mean. No macro, picture or link is read. */
const PARTS = [
  'xl/workbook.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/styles.xml',
  'xl/sharedStrings.xml',
] as const;
type Parts = ZipEntries<(typeof PARTS)[number]>;

/** What the cells of a sheet refer to. */
interface Meaning {
  readonly texts: readonly string[];
  readonly formats: readonly CellFormat[];
  readonly is1904: boolean;
}

/**
 * Reads the first sheet of an Excel workbook (ECMA-376), row by row: the values that its reader sees, never a formula. Days become
 * "2026-11-24", and a number that is shown with leading zeros keeps them. Rows without a value are left out. Throws RefusedFile.
 *
 * No library does this: those that stream are no longer kept, and the one that is kept holds the whole sheet and loses the zeros.
 */
export async function readWorkbook(bytes: Uint8Array, take: TakeRow): Promise<RosterTable> {
  const parts = await zipEntries(bytes, PARTS);
  const { sheet, path, is1904 } = await firstSheet(parts);
  const part = (await zipEntries(bytes, [path])).get(path);
  if (!part) throw new RefusedFile('workbook');
  const meaning = { texts: await sharedTexts(parts), formats: await formatsOf(parts), is1904 };
  let header: readonly string[] | null = null;
  for await (const row of rowsIn(part(), meaning)) {
    if (header) take(row);
    else header = row.cells;
  }
  return { source: { kind: 'workbook', sheet }, header: header ?? [] };
}

async function firstSheet(parts: Parts) {
  let [sheet, relation, is1904] = ['', '', false];
  await read(parts, 'xl/workbook.xml', (name, of) => {
    if (name === 'workbookPr') is1904 = /^(1|true)$/.test(of('date1904'));
    if (name === 'sheet' && relation === '') [sheet, relation] = [of('name'), of('r:id')];
  });
  let target = '';
  await read(parts, 'xl/_rels/workbook.xml.rels', (_, of) => {
    if (of('Id') === relation) target = of('Target');
  });
  // From the folder of the workbook, or (with a slash) from the top.
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (relation === '' || target === '') throw new RefusedFile('workbook');
  return { sheet, path, is1904 };
}

/** Texts that cells name by their number. The reading aid of an East Asian text is not part of it. */
async function sharedTexts(parts: Parts): Promise<string[]> {
  const texts: string[] = [];
  let [text, isAid] = ['', false];
  const part = parts.get('xl/sharedStrings.xml');
  if (!part) return texts;
  await readXml(part(), {
    open: name => {
      if (name === 'si') text = '';
      if (name === 'rPh') isAid = true;
    },
    text: piece => {
      if (!isAid) text += piece;
    },
    close: name => {
      if (name === 'rPh') isAid = false;
      if (name === 'si') texts.push(text);
    },
  });
  return texts;
}

/** How a cell shows its number, by the number of its style. */
async function formatsOf(parts: Parts): Promise<CellFormat[]> {
  const codes = new Map<number, string>();
  const ids: number[] = [];
  let isCells = false;
  const part = parts.get('xl/styles.xml');
  if (!part) return [];
  await readXml(part(), {
    open: (name, of) => {
      if (name === 'numFmt') codes.set(Number(of('numFmtId')), of('formatCode'));
      if (name === 'cellXfs') isCells = true;
      if (name === 'xf' && isCells) ids.push(Number(of('numFmtId')));
    },
    close: name => {
      if (name === 'cellXfs') isCells = false;
    },
  });
  return ids.map(id => cellFormat(id, codes.get(id)));
}

async function* rowsIn(chunks: AsyncIterable<Buffer>, meaning: Meaning) {
  const sheet = collector(meaning);
  let filled = 0;
  for await (const _ of xmlPieces(chunks, sheet.listener))
    for (const row of sheet.rows.splice(0)) {
      if ((filled += 1) > MAX_ROWS + 1) throw new RefusedFile('too-many-rows');
      yield row;
    }
}

/** Collects the rows of a sheet while its XML is read. */
function collector(meaning: Meaning) {
  const rows: { line: number; cells: string[] }[] = [];
  let [line, column, type, style, value, isValue] = [0, 0, '', 0, '', false];
  let cells: string[] = [];
  const listener = {
    open: (name: string, of: (attribute: string) => string) => {
      if (name === 'row') [line, column, cells] = [Number(of('r')) || line + 1, 0, []];
      if (name === 'c') {
        column = columnIn(of('r')) ?? column + 1;
        [type, style, value] = [of('t'), Number(of('s')), ''];
      }
      // The value of a cell, or its text where it stands in the cell itself.
      if (name === 'v' || name === 't') isValue = true;
      if (name === 'rPh') isValue = false;
    },
    text: (piece: string) => {
      if (isValue) value += piece;
    },
    close: (name: string) => {
      if (name === 'v' || name === 't') isValue = false;
      if (name === 'c') {
        const shown = cleanCell(shownIn({ type, style, value }, meaning));
        if (shown === '') return;
        if (column > MAX_COLUMNS) throw new RefusedFile('too-many-columns', line);
        while (cells.length < column) cells.push('');
        cells[column - 1] = shown;
      }
      if (name === 'row' && cells.length > 0) rows.push({ line, cells });
    },
  };
  return { rows, listener };
}

function shownIn(
  { type, style, value }: { type: string; style: number; value: string },
  meaning: Meaning,
): string {
  if (type === 's') return meaning.texts[Number(value)] ?? '';
  if (type === 'd') return value.slice(0, 10);
  if (type === 'e') return '';
  return type === '' || type === 'n'
    ? shownNumber(value, meaning.formats[style] ?? 'number', meaning.is1904)
    : value;
}

/** The number of the column (from 1) in the name of a cell: 28 of "AB7". */
function columnIn(reference: string): number | null {
  const letters = /^[A-Z]{1,3}(?=\d+$)/.exec(reference)?.[0];
  if (!letters) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

async function read(
  parts: Parts,
  name: (typeof PARTS)[number],
  open: (name: string, of: (attribute: string) => string) => void,
): Promise<void> {
  const part = parts.get(name);
  if (!part) throw new RefusedFile('workbook');
  await readXml(part(), { open });
}
