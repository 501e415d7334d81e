import { Router, type Request } from 'express';
import { courseVersion, currentCourse } from '../../courses/catalogue.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { signedIn } from '../../policy.js';
import { spoken } from '../../i18n/spoken.js';
import { steps } from '../../learning/completion.js';
import { takenQuizzes, takingOrganisations, type TakenQuiz } from './taken-quizzes.js';
import { quizSignals } from './signals/signal-queries.js';
import { navFor } from '../../http/navigation.js';
import { quizNameIn } from '../quiz-name.js';
import { chosenOrganisation } from '../../organisations/chosen.js';
import { signalsCsv } from './signals/signals-csv.js';
import { signalAddresses, signalTables } from './signals/signals-page.js';

/**
 * How people judge situations, by course and quiz: hits, misses, false alarms, answers by looks. Administrators see
 * those of everybody or of one organisation, managers those of their own people.
 */
export function signals({ show }: Pick<WebDeps, 'show'>): Router {
  const router = Router();
  const t = spoken;
  /** Whose answers are looked at: null for everybody's. */
  const viewed = (req: Request) =>
    chosenOrganisation(signedIn(actorOf(req)), typed(req.query, 'organisation'), takingOrganisations);

  router.get('/admin/signals', async (req, res) => {
    const { isAdministrator, organisations, current } = await viewed(req);
    const newest = newestOf(await takenQuizzes(current?.id));
    const everybody = { name: t('signals.everybody'), id: undefined };
    const courses = newest.map(async ({ courseSlug, courseVersionId }) => ({
      title: (await courseVersion(courseVersionId)).snapshot.title,
      href: signalAddresses(courseSlug, current?.id).course,
    }));
    const values = {
      organisations: [...(isAdministrator ? [everybody] : []), ...organisations].map(({ name, id }) => ({
        name,
        href: signalAddresses('', id).list,
        isCurrent: id === current?.id,
      })),
      courses: await Promise.all(courses),
    };
    show(req, res, 'quizzes/item-analysis/signals', values, { nav: navFor(actorOf(req)) });
  });

  router.get('/admin/signals/:course', async (req, res) => {
    const { slug, title, quizzes, current } = await courseOf(req);
    const without = quizzes.reduce((sum, { figures }) => sum + (figures.isSmall ? 0 : figures.without), 0);
    const to = signalAddresses(slug, current?.id);
    const values = {
      title,
      organisation: current?.name ?? null,
      ...signalTables(quizzes, t),
      without: without === 0 ? null : t('signals.without', { count: without }),
      listHref: to.list,
      file: to.file,
    };
    show(req, res, 'quizzes/item-analysis/signals-course', values, { nav: navFor(actorOf(req)) });
  });

  router.get('/admin/signals/:course/signals.csv', async (req, res) => {
    const { slug, quizzes } = await courseOf(req);
    res
      .set('Content-Type', 'text/csv; charset=utf-8; header=present')
      .set('Content-Disposition', `attachment; filename="${slug}-signals.csv"`)
      .set('Cache-Control', 'no-store')
      .end(signalsCsv(quizzes));
  });

  /** A course with the quizzes of it that somebody took, in their order. 404 for a course that does not exist. */
  async function courseOf(req: Request) {
    const { current } = await viewed(req);
    const asked = String(req.params['course']);
    const taken = (await takenQuizzes(current?.id)).filter(({ courseSlug }) => courseSlug === asked);
    const versionIds = [...new Set(taken.map(({ courseVersionId }) => courseVersionId))];
    const course = versionIds[0] ? await courseVersion(versionIds[0]) : await currentCourse(asked);
    if (!course) throw new NotFound();
    const { slug, snapshot } = course;
    const order = steps(snapshot).flatMap(step => (step.kind === 'quiz' ? step.quiz : []));
    const names = new Set(taken.map(({ quiz }) => quiz));
    // Quizzes that only older versions had stand at the end.
    const inOrder = [
      ...order.filter(quiz => names.has(quiz)),
      ...[...names].filter(quiz => !order.includes(quiz)),
    ];
    const quizzes = [];
    for (const quiz of inOrder) {
      const name = await quizNameIn(versionIds, quiz, t);
      // One after the other: each pass holds a batch of attempts.
      const figures = await quizSignals({ courseSlug: slug, quiz, organisationId: current?.id });
      quizzes.push({ quiz, name, figures });
    }
    return { slug, title: snapshot.title, quizzes, current };
  }

  return router;
}

/** Each course once, by the newest version in which somebody took a quiz: they come in this order. */
const newestOf = (taken: readonly TakenQuiz[]): TakenQuiz[] =>
  taken.filter(({ courseSlug }, at) => taken.findIndex(each => each.courseSlug === courseSlug) === at);
