import { CONFIDENCES, type Confidence } from '../quiz-model.js';
import { columnsOf, type Cell, type CsvColumn, type CsvTable } from '../../../platform/lib/text/csv.js';
import type { Figure } from './figures/figure.js';
import type { ItemFigures } from './figures/item-figures.js';
import type { Chosen } from './figures/outer-thirds.js';
import type { ItemRow } from './figures/quiz-figures.js';
import { SMALLEST_GROUP } from './small-groups.js';

/** Digits behind the point: more would be noise. */
const DIGITS = 4;

const ITEMS: readonly CsvColumn[] = [
  ...columnsOf('string', 'item', 'item version (first 12 hex digits of SHA-256)', 'kind', 'objective'),
  ...columnsOf('integer', 'answers (count)', 'no answer (count; empty: hidden)'),
  ...columnsOf(
    'decimal',
    'facility (share of points, 0 to 1)',
    'standard deviation (share of points, 0 to 1)',
    'random guess (share of points, 0 to 1)',
    'discrimination (correlation with the rest of the form, -1 to 1)',
    'discriminative efficiency (ratio, at most 1)',
    'jump (z of the last 50 answers against the earlier ones)',
    'median time (s)',
    '90th percentile of time (s)',
  ),
  ...columnsOf('integer', 'timed answers (count)', 'pauses over 30 min, left out (count; empty: hidden)'),
  ...columnsOf(
    'decimal',
    'lower third (share of points, 0 to 1)',
    'middle third (share of points, 0 to 1)',
    'upper third (share of points, 0 to 1)',
  ),
  ...columnsOf(
    'string',
    'enough answers (yes or no)',
    'flags',
    'flags ask for (look or act; empty: no flag)',
    'on trial (yes or no)',
  ),
  ...columnsOf(
    'integer',
    ...CONFIDENCES.flatMap(said => [
      `${said} and right (count; empty: hidden)`,
      `${said} and not right (count; empty: hidden)`,
    ]),
  ),
];

const CHOICES: readonly CsvColumn[] = [
  ...columnsOf(
    'string',
    ...['item', 'item version (first 12 hex digits of SHA-256)', 'choice', 'right (yes or no)'],
  ),
  ...columnsOf('integer', 'chosen (count; empty: hidden)', 'answers (count)'),
  ...columnsOf(
    'decimal',
    'chosen (share of answers, 0 to 1; empty: hidden)',
    'chosen in the lower third (share, 0 to 1; empty: hidden)',
    'chosen in the upper third (share, 0 to 1; empty: hidden)',
  ),
];

/** One record for each item version; an item that fewer than 5 people met has only its name. */
export const itemsTable = (rows: readonly ItemRow[]): CsvTable => ({
  columns: ITEMS,
  parts: [
    rows.map(row => {
      const { id, hash, item } = row.version;
      const name: Cell[] = [id, hash, item?.type ?? null, item?.objective ?? null];
      if (row.isSmall) return [...name, ...ITEMS.slice(name.length).map(() => null)];
      const { thirds, version } = row;
      const before = [
        row.facility,
        row.deviation,
        version.guess,
        row.discrimination,
        row.efficiency,
        row.jump,
      ];
      return [
        ...name,
        row.answers,
        row.blank.count,
        ...[...before, row.median, row.p90].map(number),
        row.timed,
        row.pauses > 0 && row.pauses < SMALLEST_GROUP ? null : row.pauses,
        ...[thirds.lower, thirds.middle, thirds.upper].map(number),
        row.isSure ? 'yes' : 'no',
        row.flags.map(({ key, choice }) => (choice === null ? key : `${key}:${choice}`)).join(' '),
        row.flags[0]?.weight ?? null,
        version.isTrial ? 'yes' : 'no',
        ...CONFIDENCES.flatMap(said => confidenceCells(row, said)),
      ];
    }),
  ],
});

/** One record for each choice of each item version. */
export const choicesTable = (rows: readonly ItemRow[]): CsvTable => ({
  columns: CHOICES,
  parts: [
    rows.flatMap(row =>
      row.isSmall
        ? []
        : row.choices.map(({ id, isRight, all, lower, upper }) => [
            row.version.id,
            row.version.hash,
            id,
            isRight ? 'yes' : 'no',
            all.count,
            all.of,
            ...[all, lower, upper].map(shareOf),
          ]),
    ),
  ],
});

/** Where nobody said how sure they were, nobody said each of these. */
function confidenceCells({ confidence }: ItemFigures, said: Confidence): Cell[] {
  const counts = confidence?.find(each => each.said === said);
  return counts ? [counts.right, counts.wrong] : [0, 0];
}

const number = ({ value }: Figure): Cell => (value === null ? null : rounded(value));

const shareOf = (chosen: Chosen | null): Cell =>
  chosen?.count == null ? null : rounded(chosen.count / chosen.of);

const rounded = (value: number): number => Number(value.toFixed(DIGITS));
