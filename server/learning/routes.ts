import { Router, type Request } from 'express';
import { inMinutes, readingSeconds } from '../courses/cards.js';
import { courseVersion, currentCourse, type PublishedCourse } from '../courses/catalogue.js';
import type { CourseSnapshot, SnapshotLesson, SnapshotModule } from '../courses/content/snapshot.js';
import { shelf } from '../courses/grants.js';
import { lessonBlocks } from '../courses/lesson-html.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { wantsPage } from '../http/error-pages.js';
import { actorOf, asksForCopy } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { isId } from '../lib/ids.js';
import { authorise, signedIn } from '../policy.js';
import { decisionValues, endingValues, outcomeValues, placeAfter, placeIn } from './case-page.js';
import {
  lessonKey,
  lessonsInOrder,
  mayTake,
  requiredLessons,
  type Progress,
  type Tried,
} from './completion.js';
import { copiesOf, copySize, NOTHING_DONE } from './copies.js';
import {
  addresses,
  contentsOf,
  groupsOf,
  moduleRows,
  nextUp,
  nextUpIn,
  onward,
  overview,
  placeOf,
  pendingValues,
} from './course-page.js';
import { cyclesOf, findCycle, startCourse, type CycleFacts } from './enrolments.js';
import { finishLesson, progressOf } from './progress.js';

/** A learner's own courses: the list, one course, a module, a lesson. */
export function routes(
  { show, clock, certificateOf, isCertificateDelayed, followUpOf, renewalOf }: WebDeps,
  triedOf: (cycleId: string, course: CourseSnapshot) => Promise<ReadonlyMap<string, Tried>>,
): Router {
  const router = Router();
  const t = spoken;

  router.get('/learning', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const cycles = await cyclesOf(actor.id);
    const enrolments = await Promise.all(cycles.map(describe));
    const taken = new Set(enrolments.map(({ slug }) => slug));
    const others = (await shelf()).filter(({ slug }) => !taken.has(slug));
    const confirmed = 'confirmed' in req.query;
    const chosen = typed(req.query, 'course');
    const begun = enrolments.find(({ slug }) => slug === chosen);
    if (begun) return res.redirect(303, begun.href);
    if (others.some(({ slug }) => slug === chosen))
      return res.redirect(303, `/courses/${chosen}${confirmed ? '?confirmed' : ''}`);
    show(req, res, 'learning/my-courses', { enrolments, others, confirmed }, { nav: 'learning' });
  });

  router.post('/learning', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const course = await currentCourse(typed(req.body, 'course'));
    if (!course) throw new NotFound();
    const cycle = await startCourse(actor, course, clock());
    res.redirect(303, addresses(cycle.id).course);
  });

  router.get('/learning/:cycle', async (req, res) => {
    const { cycle, course, progress } = await loadWithTries(req);
    const isCopy = asksForCopy(req);
    const certificate = cycle.completedAt && !isCopy ? await certificateOf(cycle.id) : null;
    const values = {
      course: { title: course.snapshot.title },
      progress: overview(course, progress),
      next: isCopy ? null : nextUp(cycle.id, course, progress, t),
      groups: groupsOf(cycle.id, course, progress, t),
      followUp: isCopy ? null : await followUpOf(cycle, progress.finished.size + progress.passed.size > 0),
      keep: isCopy ? null : keepOf(cycle.id, course),
      certificate: {
        state: certificate ? 'reached' : 'goal',
        href: certificate?.href ?? null,
        validMonths: course.snapshot.validity.months,
      },
      pending:
        cycle.completedAt && !isCopy && !certificate
          ? pendingValues(cycle.id, await isCertificateDelayed(cycle.id))
          : null,
      renewal: certificate && (await renewalOf(cycle.id)),
      lines: ['danger', 'work', 'fails'].map(line => ({
        label: t(`course.tell.${line}.when`),
        text: t(`course.tell.${line}.whom`),
      })),
      version: course.number,
    };
    show(req, res, 'learning/course', values, { nav: 'learning' });
  });

  // For copies.js: which pages of the course can be kept on a device.
  router.get('/learning/:cycle/copies', async (req, res) => {
    const { cycle, course } = await load(req);
    res.set('Cache-Control', 'no-store').json(copiesOf(cycle.id, course.snapshot));
  });

  router.get('/learning/:cycle/modules/:module', async (req, res) => {
    const { cycle, course, progress } = await loadWithTries(req);
    const module = moduleIn(course, req.params.module);
    const isCopy = asksForCopy(req);
    const rows = moduleRows(cycle.id, course, module, progress, t);
    // A copy cannot lead there without a line.
    const away = (row: object) => ({ ...row, href: null, detail: t('keep.needsLine') });
    const values = {
      module: { title: module.title, summary: module.summary, notice: module.notice ?? '' },
      next: isCopy ? null : nextUpIn(cycle.id, course, module, progress, t),
      ...rows,
      practice: isCopy ? away(rows.practice) : rows.practice,
      quiz: isCopy ? away(rows.quiz) : rows.quiz,
      care: module.care ?? null,
      courseHref: addresses(cycle.id).course,
      courseTitle: course.snapshot.title,
      reviews: module.reviews.map(({ role, status }) => ({ role, status })),
    };
    show(req, res, 'learning/module', values, { nav: 'learning' });
  });

  router.get('/learning/:cycle/modules/:module/lessons/:lesson', async (req, res) => {
    await showLesson(req, res, null);
  });

  // A question from memory: answered on the page, never stored, never scored; asked again where nothing was chosen.
  router.post('/learning/:cycle/modules/:module/lessons/:lesson/checks/:check', async (req, res) => {
    await showLesson(req, res, { id: String(req.params.check), choice: typed(req.body, 'choice') });
  });

  router.post('/learning/:cycle/modules/:module/lessons/:lesson/completion', async (req, res) => {
    const { cycle, course } = await load(req);
    const module = moduleIn(course, req.params.module);
    const lesson = lessonIn(module, req.params.lesson);
    await finishLesson(cycle, { module: module.slug, lesson: lesson.name }, clock());
    const after = following(module, lesson);
    const next = after
      ? addresses(cycle.id).lesson(module.slug, after.name)
      : onward(cycle.id, course, await withTries(cycle.id, course, await progressOf(cycle.id)), t).href;
    if (wantsPage(req)) return res.redirect(303, next);
    res.set('Cache-Control', 'no-store').json({ finished: true, next });
  });

  // Practice: where the learner stands is in the address alone, so that Back works and nothing is stored.
  router.get('/learning/:cycle/modules/:module/case', async (req, res) => {
    const { place, module, cycleId, course, progress } = await loadCase(req);
    const { node, ending } = place;
    if (node) return show(req, res, 'learning/case', decisionValues(place, node, null), { nav: 'learning' });
    const isOpen = mayTake(course.snapshot, module.slug, progress);
    const quizHref = isOpen ? addresses(cycleId).quiz(module.slug) : null;
    show(req, res, 'learning/case-end', endingValues(place, ending, quizHref), { nav: 'learning' });
  });

  router.get('/learning/:cycle/modules/:module/case/outcome', async (req, res) => {
    const { place } = await loadCase(req);
    if (!place.node) throw new NotFound();
    if (!('choice' in req.query)) {
      const values = decisionValues(place, place.node, t('question.problem.missing'));
      return show(req, res, 'learning/case', values, { status: 422, nav: 'learning' });
    }
    const after = placeAfter(place, req.query.choice);
    const last = after?.steps.at(-1);
    if (!after || !last) throw new NotFound();
    const values = outcomeValues(after, last, after.ending !== null);
    show(req, res, 'learning/case-outcome', values, { nav: 'learning' });
  });

  async function showLesson(
    req: Request,
    res: Parameters<typeof show>[1],
    answer: { id: string; choice: string } | null,
  ) {
    const { cycle, course, progress } = await load(req);
    const module = moduleIn(course, req.params.module);
    const lesson = lessonIn(module, req.params.lesson);
    const asked = answer && lesson.checks.find(({ id }) => id === answer.id);
    if (answer && !asked) throw new NotFound();
    const isOpen = asked && !asked.options.some(({ id }) => id === answer.choice);
    const problem = t('question.problem.missing');
    const isCopy = asksForCopy(req);
    const to = addresses(cycle.id);
    const here = to.lesson(module.slug, lesson.name);
    const after = following(module, lesson);
    const lessons = lessonsInOrder(module);
    const before = lessons[lessons.indexOf(lesson) - 1];
    const values = {
      module: { title: module.title, href: to.module(module.slug) },
      lesson: {
        ...lesson,
        ...placeOf(module, lesson.name),
        minutes: inMinutes(readingSeconds(lesson)),
        notice: lesson.notice ?? null,
      },
      // A page that answers a check stands two steps deeper.
      sections: lessonBlocks(course.snapshot, lesson, answer ? '../../../..' : '../..').map(block =>
        block.kind === 'check'
          ? {
              kind: 'check',
              check: checkOf(lesson, block.id, { here, answer, isCopy }),
              error: isOpen && block.id === asked.id ? problem : null,
            }
          : block,
      ),
      errors: isOpen ? { [`${asked.id}-${asked.options[0]?.id}`]: problem } : {},
      contents: contentsOf(cycle.id, course, module, progress, lesson.name, t),
      previous: before ? { title: before.title, href: to.lesson(module.slug, before.name) } : null,
      next: {
        // Without a line it leads to the copy of the course (marks.js).
        title:
          after?.title ??
          (isCopy ? course.snapshot.title : await titleAfter({ cycle, course, progress }, module, lesson)),
        post: `${here}/completion`,
        then: after ? to.lesson(module.slug, after.name) : to.course,
      },
      practiceHref: after || isCopy ? null : to.case(module.slug),
      care: after ? null : (module.care ?? null),
    };
    show(req, res, 'learning/lesson', values, { status: isOpen ? 422 : 200, nav: 'learning' });
  }

  /** What the button of a last lesson says: where the way goes on once the lesson is finished. */
  async function titleAfter(
    { cycle, course, progress }: Loaded,
    { slug }: SnapshotModule,
    { name }: SnapshotLesson,
  ) {
    const finished = new Set([...progress.finished, lessonKey(slug, name)]);
    return onward(cycle.id, course, await withTries(cycle.id, course, { ...progress, finished }), t).title;
  }

  const withTries = async (cycleId: string, { snapshot }: PublishedCourse, progress: Progress) => ({
    ...progress,
    tried: await triedOf(cycleId, snapshot),
  });

  async function loadWithTries(req: Request): Promise<Loaded> {
    const { cycle, course, progress } = await load(req);
    if (asksForCopy(req)) return { cycle, course, progress };
    return { cycle, course, progress: await withTries(cycle.id, course, progress) };
  }

  const keepOf = (cycleId: string, { snapshot }: PublishedCourse) => ({
    path: addresses(cycleId).course,
    copies: `${addresses(cycleId).course}/copies`,
    size: t('keep.size', { megabytes: copySize(snapshot) }),
  });

  async function describe(cycle: CycleFacts) {
    const course = await courseVersion(cycle.courseVersionId);
    const certificate = cycle.completedAt ? await certificateOf(cycle.id) : null;
    return {
      slug: course.slug,
      title: course.snapshot.title,
      href: addresses(cycle.id).course,
      ...overview(course, await progressOf(cycle.id)),
      state: cycle.completedAt ? 'completed' : 'in-progress',
      certificateHref: certificate?.href ?? null,
    };
  }

  return router;
}

interface Loaded {
  readonly cycle: CycleFacts;
  readonly course: PublishedCourse;
  readonly progress: Progress;
}

/** The cycle that an address names, its course and progress; only for its learner. */
async function load(req: Request): Promise<Loaded> {
  const actor = signedIn(actorOf(req));
  const id = req.params.cycle;
  if (!isId(id)) throw new NotFound();
  // Both at once: the answer is thrown away unless the cycle is theirs.
  const [cycle, progress] = await Promise.all([findCycle(id), progressOf(id)]);
  authorise(actor, 'cycle.learn', cycle);
  if (!cycle) throw new NotFound();
  const course = await courseVersion(cycle.courseVersionId);
  return { cycle, course, progress: asksForCopy(req) ? NOTHING_DONE : progress };
}

/** The place in a module's case that an address names; only for the learner of the cycle. */
async function loadCase(req: Request) {
  const { cycle, course, progress } = await load(req);
  const module = moduleIn(course, req.params.module);
  const to = addresses(cycle.id);
  const { scenario, slug, title, care = null } = module;
  const back = { href: to.module(slug), text: title };
  const place = placeIn({ scenario, care, href: to.case(slug), back }, req.query.path);
  if (!place) throw new NotFound();
  return { place, module, cycleId: cycle.id, course, progress };
}

function moduleIn({ snapshot }: PublishedCourse, slug: unknown): SnapshotModule {
  const module = snapshot.modules.find(each => each.slug === slug);
  if (!module) throw new NotFound();
  return module;
}

function lessonIn(module: SnapshotModule, name: unknown): SnapshotLesson {
  const lesson = module.lessons.find(each => each.name === name);
  if (!lesson) throw new NotFound();
  return lesson;
}

/** The next lesson of the module that counts; null after the last one, and after those that do not count. */
function following(module: SnapshotModule, lesson: SnapshotLesson): SnapshotLesson | null {
  if (lesson.optional) return null;
  const counting = requiredLessons(module);
  return counting[counting.indexOf(lesson) + 1] ?? null;
}

function checkOf(
  lesson: SnapshotLesson,
  id: string,
  { here, answer, isCopy }: { here: string; answer: { id: string; choice: string } | null; isCopy: boolean },
) {
  const check = lesson.checks.find(each => each.id === id);
  if (!check) throw new Error(`Lesson ${lesson.name} places a check it does not have: ${id}`);
  const chosen = answer?.id === id ? check.options.find(option => option.id === answer.choice) : undefined;
  return {
    id,
    stem: check.stem,
    // A copy is read where no server can answer; what is asked in a lesson is practice.
    options: check.options.map(option => ({
      ...{ id: option.id, text: option.text },
      ...(isCopy ? { right: option.id === check.key, feedback: option.feedback } : {}),
    })),
    action: `${here}/checks/${id}#check-${id}`,
    answered: chosen
      ? { chosen: chosen.id, right: chosen.id === check.key, feedback: chosen.feedback }
      : null,
  };
}
