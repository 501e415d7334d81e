import { csv, type Cell } from '../../../lib/csv.js';
import type { Rate, SignalFigures } from './signal-sums.js';

/** Digits behind the point: more would be noise. */
const DIGITS = 4;

const rateColumns = (what: string): string[] => [
  `${what} (share, 0 to 1; empty: hidden or none)`,
  `${what}, lower end of the 95 % interval (Wilson)`,
  `${what}, upper end of the 95 % interval (Wilson)`,
];

const COLUMNS: readonly string[] = [
  'quiz',
  'first attempts (count; empty: fewer than 5 people)',
  'attempts without these codes (count)',
  'concern: right step (count; empty: hidden)',
  'concern: another step (count; empty: hidden)',
  'concern: missed (count; empty: hidden)',
  'concern: open (count; empty: hidden)',
  'no concern: left in peace (count; empty: hidden)',
  'no concern: false alarm (count; empty: hidden)',
  'no concern: open (count; empty: hidden)',
  'answers by looks (count; empty: hidden)',
  ...rateColumns('misses where a question offered both'),
  ...rateColumns('false alarms where a question offered both'),
];

/** One record for each quiz of a course; one that fewer than 5 people took has only its name. */
export const signalsCsv = (quizzes: readonly { quiz: string; figures: SignalFigures }[]): string =>
  csv(
    COLUMNS,
    quizzes.map(({ quiz, figures }) => {
      if (figures.isSmall) return [quiz, ...COLUMNS.slice(1).map(() => null)];
      const { attempts, without, concern, noConcern, byLooks, missRate, alarmRate } = figures;
      return [
        quiz,
        attempts,
        without,
        ...[concern.right, concern.other, concern.missed, concern.open],
        ...[noConcern.left, noConcern.alarm, noConcern.open],
        byLooks,
        ...cells(missRate),
        ...cells(alarmRate),
      ];
    }),
  );

function cells(rate: Rate): Cell[] {
  if (rate === null || rate === 'hidden') return [null, null, null];
  return [rate.share, rate.low, rate.high].map(value => Number(value.toFixed(DIGITS)));
}
