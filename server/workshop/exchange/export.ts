import { strToU8 } from 'fflate';
import type { Item } from '../../teaching/questions/item.js';
import { questionTypes } from '../../teaching/questions/question-types.js';
import type { ExchangeItem } from '../../teaching/questions/exchange.js';
import { writeGift } from './gift/gift-write.js';
import { writeMoodle } from './moodle/moodle-write.js';
import { qtiFiles, zipped } from './qti/qti-package.js';
import { refused, type Change, type Entry, type Note } from './exchange-report.js';
import { portable } from './text.js';

export const FORMATS = ['gift', 'moodle', 'qti'] as const;
export type Format = (typeof FORMATS)[number];

export const isFormat = (text: unknown): text is Format => FORMATS.some(format => format === text);

/** A file to be saved, with what became of each item. The line of an entry is the place of the item in the bank. */
export interface ExportedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly entries: readonly Entry[];
}

const WRITERS: Readonly<
  Record<Format, (bank: string, items: readonly ExchangeItem[]) => Omit<ExportedFile, 'entries'>>
> = {
  gift: (bank, items) => ({
    name: `${bank}.gift.txt`,
    type: 'text/plain; charset=utf-8',
    bytes: strToU8(writeGift(bank, items)),
  }),
  moodle: (bank, items) => ({
    name: `${bank}.moodle.xml`,
    type: 'application/xml; charset=utf-8',
    bytes: strToU8(writeMoodle(bank, items)),
  }),
  qti: (bank, items) => ({
    name: `${bank}.qti3.zip`,
    type: 'application/zip',
    bytes: zipped(qtiFiles(bank, items)),
  }),
};

/**
 * A bank in a foreign format. Our own import makes the same items of it again; the entries say what other programs
 * cannot take over, which characters no format can carry, and which items have no counterpart at all.
 */
export function exportItems(format: Format, bank: string, items: readonly Item[]): ExportedFile {
  const carried = items.map((item, at) => carry(format, item, at + 1));
  return {
    ...WRITERS[format](
      bank,
      carried.flatMap(({ item }) => item ?? []),
    ),
    entries: carried.map(({ entry }) => entry),
  };
}

/** An item as the file holds it, null where it has no counterpart, and what is to be said of it. */
function carry(format: Format, item: Item, line: number): { item: ExchangeItem | null; entry: Entry } {
  const exported = questionTypes.of(item).exchange(item);
  if (!exported)
    return { item: null, entry: refused('no-counterpart', { line, name: item.id, about: item.type }) };
  const clean = cleaned(exported.item);
  const notes: Note[] = [
    ...clean.changed.map(code => ({ code, line })),
    ...(item.exhibit ? [{ code: 'left-out' as const, about: 'exhibit', line }] : []),
    ...exported.losses[format].map(loss => ({ ...loss, line })),
  ];
  const outcome = notes.length > 0 ? 'changed' : 'taken';
  return { item: clean.item, entry: { file: null, line, name: item.id, outcome, notes } };
}

interface Cleaned {
  readonly item: ExchangeItem;
  readonly changed: readonly Change[];
}

/** An item in which every text can be carried. */
function cleaned(item: ExchangeItem): Cleaned {
  const changed = new Set<Change>();
  const clean = (text: string): string => {
    const found = portable(text);
    found.changed.forEach(change => changed.add(change));
    return found.text;
  };
  const { stem, options, prompts } = item;
  const copy = {
    ...item,
    stem: clean(stem),
    options: options.map(option => ({
      ...option,
      text: clean(option.text),
      feedback: clean(option.feedback),
    })),
    ...(prompts ? { prompts: prompts.map(prompt => ({ ...prompt, text: clean(prompt.text) })) } : {}),
  };
  return { item: copy, changed: [...changed] };
}
