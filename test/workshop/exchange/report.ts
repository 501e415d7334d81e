import type { Format } from '../../../server/workshop/exchange/export.js';
import { importItems, type ImportResult } from '../../../server/workshop/exchange/import.js';
import { translator } from '../../../server/platform/i18n/i18n.js';
import { entryTexts } from '../../../server/workshop/exchange/exchange-report-text.js';

/** Imports a text or bytes for a bank that holds nothing, and checks that the report has words for everything. */
export async function read(
  format: Format,
  source: string | Uint8Array,
  known: readonly string[] = [],
): Promise<ImportResult> {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source;
  const result = await importItems(format, bytes, { bank: 'foundations', known });
  for (const { notes, outcomeText } of entryTexts(result.entries, translator('en'))) {
    const texts = [outcomeText, ...notes.flatMap(({ what, todo }) => [what, todo])];
    const silent = texts.find(text => text === '' || /^exchange\./.test(text));
    if (silent !== undefined) throw new Error(`The report has no words: "${silent}"`);
  }
  return result;
}

/** A report in short: `line outcome codes`, a line for each entry. */
export const short = ({ entries }: ImportResult): string[] =>
  entries.map(({ line, outcome, notes }) =>
    [line, outcome, [...new Set(notes.map(({ code }) => code))].join(' ')].join(' ').trim(),
  );

/** Everything that a report says, as one text. */
export const said = ({ entries }: ImportResult): string => JSON.stringify(entries);
