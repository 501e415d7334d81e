import { Router, type Request, type Response } from 'express';
import { courseVersion, currentCourse } from '../../courses/catalogue.js';
import type { CourseSnapshot } from '../../courses/content/snapshot.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { spoken } from '../../i18n/spoken.js';
import { parseInteger } from '../../lib/numbers.js';
import { authorise } from '../../policy.js';
import { quizOf } from '../quiz.js';
import { sameWording } from '../regrading/ruling/proposals.js';
import { rulingsInForce, type Ruling } from '../regrading/ruling/rulings.js';
import { rulingsOn } from '../regrading/ruling/active-rulings.js';
import { wordingsOf } from '../regrading/ruling/item-versions.js';
import type { ItemRow } from './figures/quiz-figures.js';
import { quizStatistics } from './quiz-statistics.js';
import { takenQuizzes, versionIn, versionsTaken, type TakenQuiz } from './taken-quizzes.js';
import type { AnalysisScope } from './batches.js';
import { SMALLEST_GROUP } from './small-groups.js';
import { previewAddresses } from '../preview/preview-page.js';
import { quizName, quizNameIn } from '../quiz-name.js';
import { rulingAddress } from '../regrading/ruling/ruling-text.js';
import { choicesCsv, itemsCsv } from './statistics-csv.js';
import { itemLine, itemPage, quizFacts, rowAt, statisticsAddresses } from './statistics-page.js';
import { few, flagTable } from './statistics-texts.js';

/** What a course may be called; anything else never reaches a query. */
const SLUG = /^[a-z0-9-]{1,80}$/;

/** Question statistics: the quizzes that were taken, one quiz, one item, and the same as files. */
export function statistics({ show, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin/statistics', async (req, res) => {
    guard(req);
    const taken = await takenQuizzes();
    const slugs = [...new Set(taken.map(({ courseSlug }) => courseSlug))];
    const courses = slugs.map(slug => coursePart(taken.filter(({ courseSlug }) => courseSlug === slug)));
    show(
      req,
      res,
      'quizzes/item-analysis/quizzes',
      { courses: await Promise.all(courses) },
      { nav: 'admin' },
    );
  });

  router.get('/admin/statistics/:course/:version/:quiz', async (req, res) => {
    guard(req);
    const { scope, title } = await scopeOf(req);
    const to = statisticsAddresses(scope);
    const figures = await quizStatistics(scope);
    const standing = await standingIn(scope);
    const values = {
      title,
      switches: await switches(scope),
      only: scope.only,
      figures: figures.isSmall
        ? null
        : {
            ...quizFacts(figures, t),
            items: figures.items.map(row => itemLine(row, to.item(row.version), ruledOn(row, standing), t)),
            files: { items: to.itemsFile, choices: to.choicesFile },
          },
      flags: flagTable(t),
    };
    show(req, res, 'quizzes/item-analysis/quiz', values, { nav: 'admin' });
  });

  router.get('/admin/statistics/:course/:version/:quiz/items.csv', async (req, res) => {
    guard(req);
    await sendCsv(req, res, 'items', itemsCsv);
  });

  router.get('/admin/statistics/:course/:version/:quiz/choices.csv', async (req, res) => {
    guard(req);
    await sendCsv(req, res, 'choices', choicesCsv);
  });

  router.get('/admin/statistics/:course/:version/:quiz/items/:item/:hash', async (req, res) => {
    guard(req);
    const { scope, snapshot, title } = await scopeOf(req);
    const figures = await quizStatistics(scope);
    const row = figures.isSmall ? null : rowAt(figures.items, req.params.item, req.params.hash);
    if (!row) throw new NotFound();
    const back = { href: statisticsAddresses(scope).quiz, text: title };
    const values = {
      id: row.version.id,
      back,
      ruleHref: await ruleHref(scope, row.version),
      previewHref: await previewHref(scope, row.version),
      ruled: ruledOn(row, await standingIn(scope)).map(kind => t(`regrade.flag.${kind}`)),
      item: row.isSmall ? null : itemPage(row, snapshot, t),
    };
    show(req, res, 'quizzes/item-analysis/item', values, { nav: 'admin' });
  });

  /** The quizzes of one course, newest version first; they are called as the newest version that has them does. */
  async function coursePart(taken: readonly TakenQuiz[]) {
    const versionIds = [...new Set(taken.map(({ courseVersionId }) => courseVersionId))];
    const { snapshot } = await courseVersion(versionIds[0] ?? '');
    const rows = taken.map(async ({ courseSlug, version, quiz, people }) => ({
      version,
      quiz: await quizNameIn(versionIds, quiz, t),
      people: few(people, t),
      href:
        people < SMALLEST_GROUP
          ? null
          : statisticsAddresses({ courseSlug, version, quiz, only: 'first' }).quiz,
    }));
    return { title: snapshot.title, rows: await Promise.all(rows) };
  }

  /** What an address asks for. 404 for a course, a version or a quiz that is not there. */
  async function scopeOf(
    req: Request,
  ): Promise<{ scope: AnalysisScope; snapshot: CourseSnapshot; title: string }> {
    const { course, version, quiz } = req.params;
    const number = version === 'all' ? null : parseInteger(version, { min: 1, max: 1_000_000 });
    if ((number === null && version !== 'all') || !SLUG.test(String(course))) throw new NotFound();
    const only = typed(req.query, 'attempts') === 'all' ? 'all' : 'first';
    const scope = { courseSlug: String(course), version: number, quiz: String(quiz), only } as const;
    const found = await versionIn(scope);
    if (!found) throw new NotFound();
    const { snapshot } = await courseVersion(found.id);
    const asked = quizOf(snapshot, scope.quiz);
    if (!asked) throw new NotFound();
    return { scope, snapshot, title: `${quizName(scope.quiz, asked.title, t)} · ${snapshot.title}` };
  }

  /** What holds for the questions of a quiz now, in the version that is looked at or in any. */
  async function standingIn({ courseSlug, quiz, version }: AnalysisScope): Promise<readonly Ruling[]> {
    const made = await rulingsOn(courseSlug, quiz);
    const numbers =
      version === null ? await versionsTaken({ courseSlug, quiz, version, only: 'all' }) : [version];
    return numbers.flatMap(number => [...rulingsInForce(made, number).values()]);
  }

  const ruledOn = ({ version }: ItemRow, standing: readonly Ruling[]) => [
    ...new Set(standing.filter(({ itemId }) => itemId === version.id).map(({ kind }) => kind)),
  ];

  /** Where this wording of a question is ruled on; null for one that is in no bank, and for a case. */
  async function ruleHref(
    { courseSlug, quiz, version }: AnalysisScope,
    { id, item, isCase }: ItemRow['version'],
  ) {
    if (!item || isCase) return null;
    const same = (await wordingsOf(courseSlug, quiz, id)).filter(each => sameWording(each.item, item));
    const asked = same.find(each => each.version === version) ?? same.at(-1);
    return asked ? rulingAddress({ courseSlug, quiz, itemId: id, version: asked.version }) : null;
  }

  /** Where the question is shown as learners see it; null where the course does not ask it any more. */
  async function previewHref({ courseSlug, quiz }: AnalysisScope, { id, isCase }: ItemRow['version']) {
    const course = isCase ? null : await currentCourse(courseSlug);
    const isAsked = course && quizOf(course.snapshot, quiz)?.items.some(item => item.id === id);
    return isAsked ? previewAddresses(courseSlug).item(quiz, id) : null;
  }

  /** First or all attempts; one version or all of them. */
  async function switches(scope: AnalysisScope) {
    const to = statisticsAddresses(scope);
    const numbers = await versionsTaken(scope);
    return {
      attempts: (['first', 'all'] as const).map(only => ({
        text: t(`statistics.only.${only}`),
        href: to.otherAttempts(only),
        isCurrent: only === scope.only,
      })),
      versions: [null, ...numbers].map(number => ({
        text: number === null ? t('statistics.allVersions') : t('statistics.versionNumber', { number }),
        href: to.otherVersion(number),
        isCurrent: number === scope.version,
      })),
    };
  }

  async function sendCsv(
    req: Request,
    res: Response,
    what: string,
    write: (rows: readonly ItemRow[]) => string,
  ): Promise<void> {
    const { scope } = await scopeOf(req);
    const figures = await quizStatistics(scope);
    // Without the module, whose name tells the topic: each record holds the number of its question.
    const name = `${scope.courseSlug}-${scope.version ?? 'all'}-${what}.csv`;
    res
      .set('Content-Type', 'text/csv; charset=utf-8; header=present')
      .set('Content-Disposition', `attachment; filename="${name}"`)
      .set('Cache-Control', 'no-store')
      .end(write(figures.isSmall ? [] : figures.items));
  }

  return router;
}
