import { columnsOf, type Cell, type CsvColumn, type CsvTable } from '../../../../platform/lib/text/csv.js';
import type { DecisionFigures, KindFigures } from './decision-figures.js';
import type { Estimate } from './sensitivity.js';
import type { Rate, SignalFigures } from './signal-sums.js';

/** Digits behind the point: more would be noise. */
const DIGITS = 4;

const rateColumns = (what: string): CsvColumn[] =>
  columnsOf(
    'decimal',
    `${what} (share, 0 to 1; empty: hidden or none)`,
    `${what}, lower end of the 95 % interval (Wilson)`,
    `${what}, upper end of the 95 % interval (Wilson)`,
  );

/** A kind of situation that was decided about, over all quizzes. */
const kindColumns = (what: string): CsvColumn[] => [
  ...columnsOf(
    'integer',
    `decisions, ${what}: answers (count; empty: fewer than 5 people)`,
    `decisions, ${what}: passed on (count; empty: hidden)`,
    `decisions, ${what}: noted only (count; empty: hidden)`,
    `decisions, ${what}: carried on (count; empty: hidden)`,
  ),
  ...rateColumns(`decisions, ${what}: passed on`),
];

const measureColumns = (what: string): CsvColumn[] =>
  columnsOf(
    'decimal',
    `${what} (standard deviations; empty: too few answers or hidden)`,
    `${what}, lower end of the 95 % interval`,
    `${what}, upper end of the 95 % interval`,
  );

/** Filled in the last record alone, which has nothing else: that of all quizzes together. */
const DECISION_COLUMNS: readonly CsvColumn[] = [
  ...kindColumns('to be passed on'),
  ...kindColumns('nothing to pass on'),
  ...measureColumns("sensitivity d'"),
  ...measureColumns('criterion c'),
];

const QUIZ_COLUMNS: readonly CsvColumn[] = [
  ...columnsOf('string', 'quiz'),
  ...columnsOf(
    'integer',
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
  ),
  ...rateColumns('misses where a question offered both'),
  ...rateColumns('false alarms where a question offered both'),
];

type QuizFigures = { readonly quiz: string; readonly figures: SignalFigures };

/**
 * One record for each quiz of a course; one that fewer than 5 people took has only its name. Where decisions were made, a
 * last record holds those of all quizzes together.
 */
export const signalsTable = ({
  quizzes,
  decisions,
}: {
  quizzes: readonly QuizFigures[];
  decisions: DecisionFigures | null;
}): CsvTable => ({
  columns: [...QUIZ_COLUMNS, ...DECISION_COLUMNS],
  parts: [
    [
      ...quizzes.map(each => [...quizCells(each), ...empty(DECISION_COLUMNS.length)]),
      ...(decisions
        ? [['(all quizzes)', ...empty(QUIZ_COLUMNS.length - 1), ...decisionCells(decisions)]]
        : []),
    ],
  ],
});

const empty = (count: number): null[] => Array.from({ length: count }, () => null);

function quizCells({ quiz, figures }: QuizFigures): Cell[] {
  if (figures.isSmall) return [quiz, ...empty(QUIZ_COLUMNS.length - 1)];
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
}

function decisionCells({ signal, noise, sensitivity }: DecisionFigures): Cell[] {
  const measures =
    typeof sensitivity === 'string' ? [null, null] : [sensitivity.dPrime, sensitivity.criterion];
  return [...kindCells(signal), ...kindCells(noise), ...measures.flatMap(measureCells)];
}

function kindCells(kind: KindFigures | null): Cell[] {
  if (!kind) return empty(kindColumns('').length);
  return [kind.answers, kind.yes, kind.noted, kind.no, ...cells(kind.rate)];
}

const measureCells = (measure: Estimate | null): Cell[] =>
  measure ? [measure.value, measure.low, measure.high].map(rounded) : [null, null, null];

function cells(rate: Rate): Cell[] {
  if (rate === null || rate === 'hidden') return [null, null, null];
  return [rate.share, rate.low, rate.high].map(rounded);
}

const rounded = (value: number): number => Number(value.toFixed(DIGITS));
