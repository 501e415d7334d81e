import { Router, type Request } from 'express';
import { courseVersion } from '../courses/catalogue.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { actorOf } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { FINAL, steps } from '../learning/completion.js';
import { authorise } from '../policy.js';
import { quizOf } from '../quizzes/quiz.js';
import { takenQuizzes, type TakenQuiz } from '../quizzes/statistics/queries.js';
import { quizSignals } from '../quizzes/statistics/signal-queries.js';
import { signalsCsv } from './signals-csv.js';
import { signalAddresses, signalTables } from './signals-page.js';

/** How people judge situations, by course and quiz: hits, misses, false alarms, answers by looks. */
export function signals({ show, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin/signals', async (req, res) => {
    guard(req);
    const newest = newestOf(await takenQuizzes());
    const courses = newest.map(async ({ courseSlug, courseVersionId }) => ({
      title: (await courseVersion(courseVersionId)).snapshot.title,
      href: signalAddresses(courseSlug).course,
    }));
    show(req, res, 'admin/signals', { courses: await Promise.all(courses) }, { nav: 'admin' });
  });

  router.get('/admin/signals/:course', async (req, res) => {
    guard(req);
    const { title, quizzes } = await courseOf(req);
    const without = quizzes.reduce((sum, { figures }) => sum + (figures.isSmall ? 0 : figures.without), 0);
    const values = {
      title,
      ...signalTables(quizzes, t),
      without: without === 0 ? null : t('signals.without', { count: without }),
      file: signalAddresses(String(req.params.course)).file,
    };
    show(req, res, 'admin/signals-course', values, { nav: 'admin' });
  });

  router.get('/admin/signals/:course/signals.csv', async (req, res) => {
    guard(req);
    const { slug, quizzes } = await courseOf(req);
    res
      .set('Content-Type', 'text/csv; charset=utf-8; header=present')
      .set('Content-Disposition', `attachment; filename="${slug}-signals.csv"`)
      .set('Cache-Control', 'no-store')
      .end(signalsCsv(quizzes));
  });

  /** A course that somebody took a quiz of, with its quizzes in their order. 404 for any other. */
  async function courseOf(req: Request) {
    const taken = (await takenQuizzes()).filter(({ courseSlug }) => courseSlug === req.params.course);
    const [newest] = newestOf(taken);
    if (!newest) throw new NotFound();
    const { snapshot } = await courseVersion(newest.courseVersionId);
    const order = steps(snapshot).flatMap(step => (step.kind === 'quiz' ? step.quiz : []));
    const names = new Set(taken.map(({ quiz }) => quiz));
    // Quizzes that only older versions had stand at the end.
    const inOrder = [
      ...order.filter(quiz => names.has(quiz)),
      ...[...names].filter(quiz => !order.includes(quiz)),
    ];
    const quizzes = [];
    for (const quiz of inOrder) {
      const name = quiz === FINAL ? t('course.final') : (quizOf(snapshot, quiz)?.title ?? quiz);
      // One after the other: each pass holds a batch of attempts.
      quizzes.push({ quiz, name, figures: await quizSignals({ courseSlug: newest.courseSlug, quiz }) });
    }
    return { slug: newest.courseSlug, title: snapshot.title, quizzes };
  }

  return router;
}

/** Each course once, by the newest version in which somebody took a quiz: they come in this order. */
const newestOf = (taken: readonly TakenQuiz[]): TakenQuiz[] =>
  taken.filter(({ courseSlug }, at) => taken.findIndex(each => each.courseSlug === courseSlug) === at);
