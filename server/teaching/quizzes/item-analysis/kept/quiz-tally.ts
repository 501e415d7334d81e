import type { Added } from '../../../../platform/sums/sums.js';
import type { AnalysedBank } from '../figures/analysed-bank.js';
import { collect, noSums, type AnalysedAttempt, type QuizSums } from '../figures/collect.js';
import { addSignals, noSignalSums, type readSignals, type SignalSums } from '../signals/signal-sums.js';
import { itemName, triesPart, SIGNALS, THE_FORM } from './sum-names.js';
import { keptForm, keptItem, keptSignals } from './stored-sums.js';

/** An attempt and where it counts. */
export interface CountedAttempt {
  readonly organisationId: string;
  readonly version: number;
  /** Is it the first try of a first cycle? */
  readonly isFirst: boolean;
  /** Did the person begin this quiz before, in any version of the course, and in this one? */
  readonly isAgain: boolean;
  readonly isAgainInVersion: boolean;
  /** Null where the result cannot be read, or the version has no such quiz. */
  readonly read: { readonly attempt: Omit<AnalysedAttempt, 'isNew'>; readonly bank: AnalysedBank } | null;
  readonly signals: ReturnType<typeof readSignals>;
}

/** What some attempts at one quiz add to its sums. */
export interface QuizTally {
  readonly subject: string;
  readonly tries: Map<string, QuizSums>;
  /** By organisation; under '' of everybody. */
  readonly signals: Map<string, SignalSums>;
}

export const noQuizTally = (subject: string): QuizTally => ({
  subject,
  tries: new Map(),
  signals: new Map(),
});

/** Each attempt counts in its version and in all versions; a first one, with how it judged, in its organisation and everywhere. */
export function addAttempt(tally: QuizTally, counted: CountedAttempt): void {
  const { version, isFirst, isAgain, isAgainInVersion, organisationId, signals } = counted;
  const tries = isFirst ? 'first' : 'later';
  addTry(known(tally.tries, triesPart(version, tries), noSums), counted, !isAgainInVersion);
  addTry(known(tally.tries, triesPart(null, tries), noSums), counted, !isAgain);
  if (!isFirst) return;
  addSignals(known(tally.signals, '', noSignalSums), signals, !isAgain);
  addSignals(known(tally.signals, organisationId, noSignalSums), signals, true);
}

function addTry(sums: QuizSums, { read }: CountedAttempt, isNew: boolean): void {
  if (read) collect(sums, { ...read.attempt, isNew }, read.bank);
  else sums.unreadable += 1;
}

function known<T>(all: Map<string, T>, name: string, make: () => T): T {
  const found = all.get(name) ?? make();
  all.set(name, found);
  return found;
}

/** The same as sums to be kept. */
export const addedByTally = ({ subject, tries, signals }: QuizTally): Added[] => [
  ...[...tries].flatMap(([part, sums]) => [
    { subject, part, name: THE_FORM, sums: keptForm(sums) },
    ...[...sums.items.values()].map(item => ({
      ...{ subject, part, name: itemName(item.version) },
      sums: keptItem(item),
    })),
  ]),
  ...[...signals].map(([name, sums]) => ({ subject, part: SIGNALS, name, sums: keptSignals(sums) })),
];
