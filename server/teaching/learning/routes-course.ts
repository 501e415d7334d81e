import type { Request, Response } from 'express';
import { certificateAndRenewal, cycleCertificate } from '../../proof/certificates/cycle-certificate.js';
import { isCertificateDelayed } from '../../proof/certificates/lifecycle/catch-up.js';
import { currentCourse, type PublishedCourse } from '../courses/catalogue.js';
import { courseCards } from '../courses/access/course-cards.js';
import { NotFound } from '../../errors.js';
import { offerOf } from '../follow-up/offer.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { actorOf, asksForCopy } from '../../platform/http/page.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { pausedAmong, pausedValues } from '../../people/organisations/settings/suspension.js';
import { signedIn } from '../../policy.js';
import { requiredOfLearner } from '../../proof/reports/required-of-learner.js';
import { waitsForSignature } from './acknowledgements/signing.js';
import { jobQuestion } from './chosen-job.js';
import { jobValues } from './pages/job-page.js';
import { copiesOf, copySize } from './pages/copies.js';
import { addresses } from './cycle-addresses.js';
import { coursePage } from './pages/course-page.js';
import { modulePage } from './pages/module-page.js';
import { overview } from './next-up.js';
import { pendingValues } from './pending-certificate.js';
import { requiredLessons } from './completion.js';
import { cyclesOf, newestCycle, pausedFor, startCourse, type CycleFacts } from './enrolments.js';
import { isFree, keptLessons, newerVersion, takeNewerVersion } from './path/newer-version.js';
import { shorterPathOf } from './path/shorter-path.js';
import { takenCourse } from './path/taken-course.js';
import { progressOf } from './progress.js';
import { load, loadWithTries, moduleIn, type LoadedCycle } from './routes-load.js';

/** The courses that a learner has begun, and those they may begin. A course chosen before signing in is opened at once. */
export async function listCourses(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const cycles = await cyclesOf(actor.id);
  const enrolments = await Promise.all(cycles.map(cycle => describe(cycle, deps)));
  const taken = new Set(enrolments.map(({ slug }) => slug));
  const others = (await courseCards(deps.config)).filter(({ slug }) => !taken.has(slug));
  const confirmed = 'confirmed' in req.query;
  const chosen = typed(req.query, 'course');
  // What the next page has to say.
  const told = confirmed ? '?confirmed' : req.query.done === 'joined' ? '?done=joined' : '';
  const begun = enrolments.find(({ slug }) => slug === chosen);
  if (begun) return res.redirect(303, begun.href);
  if (others.some(({ slug }) => slug === chosen)) return res.redirect(303, `/courses/${chosen}${told}`);
  const paused = await pausedAmong([...actor.memberships, ...cycles.map(cycle => cycle.organisationId)]);
  const required = await requiredOfLearner(actor.id, { now: deps.clock(), begun: enrolments });
  const values = { required, enrolments, others, confirmed, paused: paused.map(pausedValues) };
  deps.show(req, res, 'teaching/learning/my-courses', values, { nav: 'learning' });
}

/** Begin a course. Whoever belongs to several organisations says on its page for which one. */
export async function start({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const course = await currentCourse(typed(req.body, 'course'));
  if (!course) throw new NotFound();
  const wish = { wanted: typed(req.body, 'organisation'), now: clock() };
  const cycle = await startCourse(actor, course, wish);
  if (!cycle) return res.redirect(303, `/courses/${course.slug}?organisation`);
  res.redirect(303, addresses(cycle.id).course);
}

/** One course: what is next, its modules and its certificate. */
export async function showCourse(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await loadWithTries(req, deps);
  const { cycle, course, progress } = loaded;
  if (cycle.leftAt !== null) return toNewest(cycle, res);
  const isCopy = asksForCopy(req);
  const question = jobQuestion(cycle, course.snapshot);
  const hasBegun = progress.finished.size + progress.passed.size + progress.practised.size > 0;
  const values = {
    ...coursePage({ cycleId: cycle.id, course, progress, isCopy }, spoken),
    job: isCopy || !question ? null : jobValues(question, addresses(cycle.id).job, spoken),
    shorterPath: isCopy ? null : shorterPathOf(cycle, course),
    followUp: isCopy ? null : await offerOf(cycle, hasBegun),
    paused: isCopy ? [] : (await pausedFor(cycle)).map(pausedValues),
    toSignHref: isCopy || !(await waitsForSignature(cycle)) ? null : addresses(cycle.id).acknowledgement,
    keep: isCopy ? null : keepOf(cycle.id, course),
    newerHref: !isCopy && (await newerVersion(cycle)) ? addresses(cycle.id).newerVersion : null,
    ...(await certificateValues(loaded, isCopy, deps)),
  };
  deps.show(req, res, 'teaching/learning/course', values, { nav: 'learning' });
}

/** What a newer version of the course would keep of what was done, before anything changes. */
export async function showNewerVersion(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycle, course, progress } = await loadWithTries(req, deps);
  if (cycle.leftAt !== null) return toNewest(cycle, res);
  const newer = await newerVersion(cycle);
  if (!newer) return res.redirect(303, addresses(cycle.id).course);
  const { snapshot } = await takenCourse({ courseVersionId: newer.versionId, path: cycle.path });
  const values = {
    title: snapshot.title,
    from: course.number,
    to: newer.number,
    kept: keptLessons(course.snapshot, snapshot, progress).length,
    lessons: snapshot.modules.reduce((sum, module) => sum + requiredLessons(module).length, 0),
    passed: progress.passed.size,
    isFree: isFree(progress),
    action: addresses(cycle.id).newerVersion,
    back: addresses(cycle.id).course,
  };
  deps.show(req, res, 'teaching/learning/newer-version', values, { nav: 'learning' });
}

/** Go on with the newer version. */
export async function goOnWithNewer(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycle, progress } = await loadWithTries(req, deps);
  if (cycle.leftAt !== null) return toNewest(cycle, res);
  if (!isFree(progress)) return res.redirect(303, addresses(cycle.id).newerVersion);
  const next = await takeNewerVersion(cycle, progress, deps.clock());
  res.redirect(303, addresses(next.id).course);
}

async function toNewest({ enrolmentId }: CycleFacts, res: Response): Promise<void> {
  const newest = await newestCycle(enrolmentId);
  if (!newest) throw new NotFound();
  res.redirect(303, addresses(newest.id).course);
}

/** For copies.js: which pages of the course can be kept on a device. */
export async function listCopies(_deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycle, course } = await load(req);
  res.set('Cache-Control', 'no-store').json(copiesOf(cycle.id, course.snapshot));
}

/** A module: its lessons, its practice case and its quiz. */
export async function showModule(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycle, course, progress } = await loadWithTries(req, deps);
  const module = moduleIn(course, req.params.module);
  const isCopy = asksForCopy(req);
  const values = modulePage({ cycleId: cycle.id, course, module, progress, isCopy }, spoken);
  deps.show(req, res, 'teaching/learning/module', values, { nav: 'learning' });
}

/** The certificate of the course: the goal, or what was earned, what is still to come of it, and its renewal. */
async function certificateValues(loaded: LoadedCycle, isCopy: boolean, deps: WebDeps) {
  const { cycle, course } = loaded;
  const isDone = cycle.completedAt !== null && !isCopy;
  const issued = isDone ? await certificateAndRenewal(loaded, deps) : null;
  const certificate = issued?.certificate ?? null;
  return {
    certificate: {
      state: certificate ? ('reached' as const) : ('goal' as const),
      href: certificate?.href ?? null,
      validMonths: course.snapshot.validity.months,
    },
    pending: isDone && !certificate ? pendingValues(cycle.id, await isCertificateDelayed(cycle.id)) : null,
    renewal: issued?.renewal ?? null,
  };
}

const keepOf = (cycleId: string, { snapshot }: PublishedCourse) => ({
  path: addresses(cycleId).course,
  copies: `${addresses(cycleId).course}/copies`,
  size: spoken('keep.size', { megabytes: copySize(snapshot) }),
});

async function describe(cycle: CycleFacts, { config }: WebDeps) {
  const course = await takenCourse(cycle);
  const certificate = cycle.completedAt ? await cycleCertificate(cycle.id, config) : null;
  return {
    slug: course.slug,
    title: course.snapshot.title,
    href: addresses(cycle.id).course,
    ...overview(course, await progressOf(cycle.id)),
    state: cycle.completedAt ? 'completed' : 'in-progress',
    certificateHref: certificate?.href ?? null,
  };
}
