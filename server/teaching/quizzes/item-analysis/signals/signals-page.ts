import type { Translate } from '../../../../platform/i18n/i18n.js';
import type { DecisionFigures } from './decision-figures.js';
import { decisionTexts } from './decision-texts.js';
import type { Rate, SignalFigures } from './signal-sums.js';
import { NOTHING } from '../statistics-texts.js';

/** A quiz with its figures, as it is called. */
export interface NamedSignals {
  readonly name: string;
  readonly figures: SignalFigures;
}

/** The addresses of a course, of one organisation where one is named. */
export function signalAddresses(course: string, organisationId: string | undefined) {
  const query = organisationId === undefined ? '' : `?organisation=${organisationId}`;
  return {
    list: `/admin/signals${query}`,
    course: `/admin/signals/${course}${query}`,
    file: `/admin/signals/${course}/signals.csv${query}`,
  };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The list of everybody's figures, where the reader may see it, and of those of each organisation. */
export function organisationLinks(
  {
    organisations,
    current,
    withEverybody,
  }: { organisations: readonly Named[]; current: Named | null | undefined; withEverybody: boolean },
  t: Translate,
) {
  const everybody = { name: t('signals.everybody'), id: undefined };
  return [...(withEverybody ? [everybody] : []), ...organisations].map(({ name, id }) => ({
    name,
    href: signalAddresses('', id).list,
    isCurrent: id === current?.id,
  }));
}

/** The page of one course, of everybody or of one organisation. */
export function signalsValues(
  {
    slug,
    title,
    quizzes,
    decisions,
  }: { slug: string; title: string; quizzes: readonly NamedSignals[]; decisions: DecisionFigures | null },
  organisation: Named | null,
  t: Translate,
) {
  const without = quizzes.reduce((sum, { figures }) => sum + (figures.isSmall ? 0 : figures.without), 0);
  const to = signalAddresses(slug, organisation?.id);
  return {
    title,
    organisation: organisation?.name ?? null,
    ...signalTables(quizzes, t),
    decisions: decisions && decisionTexts(decisions, t),
    without: without === 0 ? null : t('signals.without', { count: without }),
    listHref: to.list,
    file: to.file,
  };
}

/** The tables of a course in texts, and as bars the quizzes with a rate to draw; `plot` is null where there is none. */
export function signalTables(quizzes: readonly NamedSignals[], t: Translate) {
  const lines = quizzes.map(({ name, figures }) =>
    figures.isSmall ? { name, cells: null, rates: null } : { name, ...cellsOf(figures, t) },
  );
  return { lines, plot: plotOf(quizzes, t) };
}

type LargeQuiz = Extract<SignalFigures, { isSmall: false }>;

function cellsOf({ attempts, concern, noConcern, byLooks, missRate, alarmRate }: LargeQuiz, t: Translate) {
  const shown = (count: number | null) => (count === null ? t('statistics.hidden') : String(count));
  const counts = [concern.right, concern.other, concern.missed, noConcern.left, noConcern.alarm, byLooks];
  return {
    cells: [String(attempts), ...counts.map(shown)],
    rates: [missRate, alarmRate].map(rate => rateInWords(rate, t)),
  };
}

function rateInWords(rate: Rate, t: Translate): string {
  if (rate === null) return NOTHING;
  if (rate === 'hidden') return t('statistics.hidden');
  return t('signals.rate', { share: rate.share, low: rate.low, high: rate.high });
}

const inPercent = (share: number): number => Math.round(share * 100);

function plotOf(quizzes: readonly NamedSignals[], t: Translate) {
  const bar = (rate: Rate, kind: 'upper' | 'lower') => ({
    percent: rate === null || rate === 'hidden' ? null : inPercent(rate.share),
    text: rateInWords(rate, t),
    kind,
  });
  const bars = quizzes
    .flatMap(({ name, figures }) =>
      figures.isSmall
        ? []
        : { label: name, bars: [bar(figures.missRate, 'upper'), bar(figures.alarmRate, 'lower')] },
    )
    .filter(row => row.bars.some(({ percent }) => percent !== null));
  if (bars.length === 0) return null;
  const inWords = bars.map(({ label, bars: [missed, alarm] }) =>
    t('signals.plotLine', { quiz: label, missed: missed?.text ?? '', alarm: alarm?.text ?? '' }),
  );
  return {
    key: [t('signals.missRate'), t('signals.alarmRate')],
    bars,
    label: t('signals.plot', { quizzes: inWords.join(' ') }),
  };
}
