import type { Translate } from '../../platform/i18n/i18n.js';
import { tally, type Entry, type Note, type Outcome } from './exchange-report.js';

/** One sentence of a report: what happened at a line, and what to do. `excerpt` are words of the source. */
export interface NoteText {
  readonly line: number;
  readonly what: string;
  readonly todo: string;
  readonly excerpt: string | null;
}

/** An entry in words. */
export interface EntryText {
  /** Where it is: `items/M1-001.xml, line 2`, `line 2`, or `item 2`. */
  readonly place: string;
  readonly name: string;
  readonly outcome: Outcome;
  readonly outcomeText: string;
  readonly notes: readonly NoteText[];
}

/** What the lines of a report count: lines of a foreign file, or items of our bank. */
export type Counted = 'line' | 'item';

/** A report in words, by the order of the source. */
export function entryTexts(entries: readonly Entry[], t: Translate, counted: Counted = 'line'): EntryText[] {
  return entries.map(entry => ({
    place: placeOf(entry, t, counted),
    name: entry.name,
    outcome: entry.outcome,
    outcomeText: t(`exchange.outcome.${entry.outcome}`),
    notes: entry.notes.map(note => noteText(note, t)),
  }));
}

function placeOf({ file, line }: Entry, t: Translate, counted: Counted): string {
  if (counted === 'item') return t('exchange.item', { line });
  return file === null ? t('exchange.line', { line }) : t('exchange.fileLine', { file, line });
}

function noteText({ code, line, about, excerpt }: Note, t: Translate): NoteText {
  const blanks = { about: about ?? '' };
  return {
    line,
    what: t(`exchange.note.${code}`, blanks),
    todo: t(`exchange.todo.${code}`, blanks),
    excerpt: excerpt ? excerpt : null,
  };
}

/** How many questions came to which outcome, in one sentence. */
export function tallyText(entries: readonly Entry[], t: Translate): string {
  const { taken, changed, refused } = tally(entries);
  return t('exchange.tally', { taken, changed, refused });
}

/** The report as lines of text: an entry begins a line, its notes are indented. */
export function reportLines(entries: readonly Entry[], t: Translate, counted: Counted): string[] {
  const lines = entryTexts(entries, t, counted).flatMap(({ place, name, outcomeText, notes }) => [
    `${place}: ${outcomeText}${name ? ` · ${name}` : ''}`,
    ...notes.map(({ what, todo, excerpt }) =>
      [`    ${what} ${todo}`, ...(excerpt ? [`${t('exchange.found')} “${excerpt}”`] : [])].join(' '),
    ),
  ]);
  return [...lines, tallyText(entries, t)];
}
