import type { CourseSnapshot } from '../../content/snapshot.js';
import type { Figures } from './gain-figures.js';
import { REFRESHER_DAYS } from '../kinds.js';
import type { Translate } from '../../../platform/i18n/i18n.js';
import { columnsOf, type Cell, type CsvColumn, type CsvTable } from '../../../platform/lib/text/csv.js';
import { NOTHING } from '../../quizzes/item-analysis/statistics-texts.js';

/** Decimal places: more would be noise. */
const DIGITS = 4;

/** The tables of the courses that have figures, as texts. */
export const followUpTables = (
  courses: readonly CourseSnapshot[],
  figures: readonly Figures[],
  t: Translate,
) =>
  courses
    .map(course =>
      courseTable(
        course,
        figures.filter(({ courseSlug }) => courseSlug === course.slug),
        t,
      ),
    )
    .filter(({ rows }) => rows.length > 0);

/** The table of one course: the whole course, then its modules in order. */
function courseTable(course: CourseSnapshot, figures: readonly Figures[], t: Translate) {
  const of = (level: string, unit: string) =>
    figures.find(each => each.level === level && each.unit === unit) ?? null;
  const modules = course.modules.map(({ slug, title }) => ({ title, found: of('module', slug) }));
  return {
    title: course.title,
    days: REFRESHER_DAYS.map(days => t('followUp.admin.days', { days })),
    rows: [{ title: t('followUp.admin.whole'), found: of('course', course.slug) }, ...modules]
      .filter(({ found }) => found !== null)
      .map(({ title, found }) => ({ title, ...cells(found, t) })),
  };
}

function cells(found: Figures | null, t: Translate) {
  const gain = found?.gain ?? null;
  return {
    // Null: the group is too small, and one cell says so instead of four.
    paired: gain && [
      String(gain.people),
      t('numbers.percent', { value: gain.before }),
      t('numbers.percent', { value: gain.after }),
      gain.gain === null ? NOTHING : t('numbers.decimal', { value: gain.gain }),
    ],
    later: (found?.later ?? []).map(({ all }) =>
      all ? t('followUp.admin.cell', { share: all.share, people: all.people }) : t('followUp.admin.small'),
    ),
  };
}

const COLUMNS: readonly CsvColumn[] = [
  ...columnsOf(
    'string',
    'course',
    'level (course, module or objective)',
    'module',
    'unit (slug or objective)',
  ),
  ...columnsOf('integer', 'people before and after (count; empty: hidden)'),
  ...columnsOf('decimal', 'before (share of points, 0 to 1)', 'after (share of points, 0 to 1)'),
  ...columnsOf('decimal', 'normalised gain (-1 to 1)'),
  ...REFRESHER_DAYS.flatMap(days => [
    ...columnsOf('integer', `people after ${days} days (count; empty: hidden)`),
    ...columnsOf('decimal', `after ${days} days (share of points, 0 to 1)`),
    ...columnsOf('integer', `people after the course and after ${days} days (count; empty: hidden)`),
    ...columnsOf(
      'decimal',
      `their share after the course (0 to 1)`,
      `their share after ${days} days (0 to 1)`,
      `lost after ${days} days (share of points, -1 to 1)`,
    ),
  ]),
];

/** One record for each course, module and objective; a value that may not be shown is empty. */
export const followUpTable = (figures: readonly Figures[]): CsvTable => ({
  columns: COLUMNS,
  parts: [
    figures.map(({ courseSlug, level, module, unit, gain, later }) => [
      courseSlug,
      level,
      module,
      unit,
      gain?.people ?? null,
      ...[gain?.before, gain?.after, gain?.gain].map(rounded),
      ...later.flatMap(({ all, decay }): Cell[] => [
        all?.people ?? null,
        rounded(all?.share),
        decay?.people ?? null,
        ...[decay?.after, decay?.later, decay?.lost].map(rounded),
      ]),
    ]),
  ],
});

const rounded = (value: number | null | undefined): Cell =>
  value == null ? null : Number(value.toFixed(DIGITS));
