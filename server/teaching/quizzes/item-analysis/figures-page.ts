import { currentCourse } from '../../courses/catalogue.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { previewAddresses } from '../preview/preview-page.js';
import { quizOf } from '../quiz.js';
import type { AnalysisScope } from './analysis-scope.js';
import { cutScore } from './figures/cut-score.js';
import type { ItemVersion } from './figures/analysed-bank.js';
import type { ItemRow } from './figures/quiz-figures.js';
import { quizStatistics } from './quiz-statistics.js';
import { kindsOn, ruleHref, rulingsIn } from './ruled-items.js';
import { itemLine, itemPage, quizFacts, rowAt, statisticsAddresses } from './statistics-page.js';
import type { NamedScope } from './statistics-scope.js';
import { flagGuide } from './statistics-texts.js';
import { versionsTaken } from './taken-quizzes.js';

/** The figures of a quiz and a line for each of its items; `figures` is null where fewer than 5 people took it. */
export async function quizFiguresPage({ scope, asked, title }: NamedScope) {
  const to = statisticsAddresses(scope);
  const figures = await quizStatistics(scope);
  const rulings = await rulingsIn(scope);
  return {
    title,
    switches: await switches(scope),
    only: scope.only,
    figures: figures.isSmall
      ? null
      : {
          ...quizFacts(figures, cutScore(asked), spoken),
          tables: byTrial(figures.items).map(({ caption, rows }) => ({
            caption: spoken(caption),
            items: rows.map(row =>
              itemLine(row, to.item(row.version), kindsOn(row.version, rulings), spoken),
            ),
          })),
          files: { items: to.itemsFile, choices: to.choicesFile },
        },
    flags: flagGuide(spoken),
  };
}

/** What counts, and what is on trial, where anything is. */
const byTrial = (items: readonly ItemRow[]) =>
  [
    { caption: 'statistics.questions' as const, rows: items.filter(({ version }) => !version.isTrial) },
    { caption: 'statistics.onTrial' as const, rows: items.filter(({ version }) => version.isTrial) },
  ].filter(({ rows }) => rows.length > 0);

/** The figures of one version of an item; null where nobody met it, and where fewer than 5 people took the quiz. */
export async function itemFiguresPage(
  { scope, snapshot, title }: NamedScope,
  named: { item: string; hash: string },
) {
  const figures = await quizStatistics(scope);
  const row = figures.isSmall ? null : rowAt(figures.items, named.item, named.hash);
  if (!row) return null;
  const kinds = kindsOn(row.version, await rulingsIn(scope));
  return {
    id: row.version.id,
    back: { href: statisticsAddresses(scope).quiz, text: title },
    ruleHref: await ruleHref(scope, row.version),
    previewHref: await previewHref(scope, row.version),
    ruled: kinds.map(kind => spoken(`regrade.flag.${kind}`)),
    item: row.isSmall ? null : itemPage(row, snapshot, spoken),
  };
}

/** The address at which the question is shown as learners see it; null where the course no longer asks it. */
async function previewHref({ courseSlug, quiz }: AnalysisScope, { id, isCase }: ItemVersion) {
  const course = isCase ? null : await currentCourse(courseSlug);
  const isAsked = course && quizOf(course.snapshot, quiz)?.items.some(item => item.id === id);
  return isAsked ? previewAddresses(courseSlug).item(quiz, id) : null;
}

/** First or all attempts; one version or all of them. */
async function switches(scope: AnalysisScope) {
  const to = statisticsAddresses(scope);
  const taken = await versionsTaken(scope);
  return {
    attempts: (['first', 'all'] as const).map(only => ({
      text: spoken(`statistics.only.${only}`),
      href: to.otherAttempts(only),
      isCurrent: only === scope.only,
    })),
    versions: [null, ...taken.map(({ number }) => number)].map(number => ({
      text:
        number === null ? spoken('statistics.allVersions') : spoken('statistics.versionNumber', { number }),
      href: to.otherVersion(number),
      isCurrent: number === scope.version,
    })),
  };
}
