import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { banks } from '../content-check/findings.js';
import type { Content } from '../../teaching/content/schema/types.js';
import { translator } from '../../platform/i18n/i18n.js';
import type { Entry } from './exchange-report.js';
import { reportLines, type Counted } from './exchange-report-text.js';
import { exportItems, isFormat } from './export.js';
import { importItems } from './import.js';

type Say = (line: string) => void;

const USE = 'items: use export --bank SLUG --format gift|moodle|qti --out FILE, or import FILE with the same';

/** `items export`, at the command line: writes a bank of `modules/` to a file. Returns 1 when an item could not be written. */
export function runItemExport(args: string[], content: Content, say: Say): number {
  const { bank, format, out } = itemOptions(args);
  const items = banks(content).find(({ name }) => name === bank)?.items;
  if (!items) throw new Error(`There is no bank "${bank}" under modules/`);
  const { bytes, entries } = exportItems(format, bank, items);
  writeFileSync(out, bytes);
  return sayReport(entries, 'item', say);
}

/** `items import`, at the command line: writes a new file, never over an existing one. Returns 1 when something was left out. */
export async function runItemImport(args: string[], content: Content, say: Say): Promise<number> {
  const { bank, format, out, file } = itemOptions(args);
  if (!file) throw new Error(USE);
  const known = banks(content).find(({ name }) => name === bank)?.items ?? [];
  const target = { bank, known: known.map(({ id }) => id) };
  const { yaml, entries } = await importItems(format, readFileSync(file), target);
  if (yaml !== null) writeFileSync(out, yaml, { flag: 'wx' });
  return sayReport(entries, 'line', say);
}

function itemOptions(args: string[]) {
  const text = { type: 'string' } as const;
  const options = { bank: text, format: text, out: text };
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const { bank, format, out } = values;
  if (!bank || !out || !isFormat(format)) throw new Error(USE);
  return { bank, format, out, file: positionals[0] };
}

function sayReport(entries: readonly Entry[], counted: Counted, say: Say): number {
  reportLines(entries, translator('en'), counted).forEach(say);
  return entries.some(({ outcome }) => outcome === 'refused') ? 1 : 0;
}
