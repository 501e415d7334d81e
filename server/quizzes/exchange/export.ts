import { strToU8 } from 'fflate';
import type { Item } from '../../questions/item.js';
import { isBankItem, type BankItem } from './bank-item.js';
import { giftLosses, writeGift } from './gift-write.js';
import { moodleLosses, writeMoodle } from './moodle-write.js';
import { qtiFiles, zipped } from './qti-package.js';
import { qtiLosses } from './qti-write.js';
import { refused, type Change, type Entry } from './report.js';
import { portable } from './text.js';

export const FORMATS = ['gift', 'moodle', 'qti'] as const;
export type Format = (typeof FORMATS)[number];

export const isFormat = (text: unknown): text is Format => FORMATS.some(format => format === text);

/** A file to be saved, with what became of each item. The line of an entry is the place of the item in the bank. */
export interface Exported {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly entries: readonly Entry[];
}

const WRITERS: Readonly<
  Record<Format, (bank: string, items: readonly BankItem[]) => Omit<Exported, 'entries'>>
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

const LOSSES: Readonly<Record<Format, (item: BankItem) => Change[]>> = {
  gift: giftLosses,
  moodle: moodleLosses,
  qti: qtiLosses,
};

/**
 * A bank in a foreign format. Our own import makes the same items of it again; the entries say what other programs
 * cannot take over, which characters no format can carry, and which items have no counterpart at all.
 */
export function exportItems(format: Format, bank: string, items: readonly Item[]): Exported {
  const clean = items.map(item => (isBankItem(item) ? carried(item) : null));
  return {
    ...WRITERS[format](
      bank,
      clean.flatMap(each => each?.item ?? []),
    ),
    entries: clean.map((each, at) => toEntry(format, at + 1, each ?? items[at])),
  };
}

function toEntry(format: Format, line: number, exported: Carried | Item | undefined): Entry {
  if (!exported || !('changed' in exported))
    return refused('no-counterpart', { line, name: exported?.id ?? '', about: exported?.type ?? '' });
  const { item, changed } = exported;
  const notes = [...changed, ...LOSSES[format](item)].map(code => ({ code, line }));
  return { file: null, line, name: item.id, outcome: notes.length > 0 ? 'changed' : 'taken', notes };
}

interface Carried {
  readonly item: BankItem;
  readonly changed: readonly Change[];
}

/** An item in which every text can be carried. */
function carried(item: BankItem): Carried {
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
