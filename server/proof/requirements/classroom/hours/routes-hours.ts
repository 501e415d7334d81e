import { Router, type Request, type Response } from 'express';
import { coursesOpenTo } from '../../../../teaching/courses/grants.js';
import { NotFound } from '../../../../errors.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { typed } from '../../../../platform/http/forms.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { listedName } from '../../../../people/organisations/people/member-words.js';
import { authorise, can } from '../../../../policy.js';
import { courseHoursOf, setCourseHours } from './course-hours.js';
import { peopleWithHours } from './hours-served.js';
import { openSessions, sessionsHome, type OpenSessions } from '../sessions/open-session.js';
import { minutesFrom } from '../sessions/session-times.js';
import { clockHours } from '../sessions/session-form.js';
import { hoursText } from '../sessions/session-values.js';

const HOME = '/organisations/:id/sessions/hours';

/** Hours that courses take in a room: what is asked for, and who has served how much of it. */
export function hoursRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(list));
  router.get(`${HOME}/:course`, on(showCourse));
  router.post(`${HOME}/:course`, on(set));
  return router;
}

async function list({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openSessions(actorOf(req), req.params.id, clock());
  const { organisation, actor } = open;
  const home = sessionsHome(organisation.id);
  const asked = await courseHoursOf(organisation.id);
  const values = {
    organisation: organisationHead(organisation, actor),
    back: home,
    courses: (await coursesOpenTo(organisation.id, clock())).map(({ slug, snapshot }) => ({
      title: snapshot.title,
      href: `${home}/hours/${slug}`,
      asked: askedText(asked.get(slug) ?? null),
    })),
  };
  show(req, res, 'proof/requirements/classroom/hours', values, { nav: navFor(actor) });
}

const askedText = (minutes: number | null): string =>
  minutes === null ? spoken('classroom.notAsked') : spoken('classroom.asked', { hours: hoursText(minutes) });

async function showCourse(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(req, deps.clock());
  const value = open.asked === null ? '' : clockHours(open.asked);
  await page(deps, req, res, { open, value, errors: {} });
}

/** Says how long the course takes in a room, or (nothing typed) that each session stands for itself. */
async function set(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(req, deps.clock());
  const { organisation, actor, course } = open;
  authorise(actor, 'organisation.administer', { organisationId: organisation.id });
  const value = typed(req.body, 'hours').trim();
  const minutes = value === '' ? null : minutesFrom(value);
  if (value !== '' && (minutes === null || minutes < 5 || minutes > MOST_HOURS * 60))
    return page(deps, req, res, { open, value, errors: { hours: spoken('classroom.error.courseHours') } });
  await setCourseHours(course.slug, minutes, { organisation, actorId: actor.id, now: deps.clock() });
  res.redirect(303, `${sessionsHome(organisation.id)}/hours/${course.slug}?done=session-hours`);
}

/** No course is longer than the longest that an academy asks for in one piece. */
const MOST_HOURS = 200;

async function load(req: Request, now: number) {
  const open = await openSessions(actorOf(req), req.params.id, now);
  const courses = await coursesOpenTo(open.organisation.id, now);
  const course = courses.find(({ slug }) => slug === req.params.course);
  if (!course) throw new NotFound();
  const asked = (await courseHoursOf(open.organisation.id)).get(course.slug) ?? null;
  return { ...open, course, asked };
}

interface Shown {
  readonly open: Awaited<ReturnType<typeof load>>;
  readonly value: string;
  readonly errors: Record<string, string>;
}

async function page(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { open, value, errors }: Shown,
): Promise<void> {
  const { organisation, actor, teacher, course, asked } = open;
  const mayAsk = can(actor, 'organisation.administer', { organisationId: organisation.id });
  const people = await peopleWithHours(teacher, organisation.id, course.slug);
  const home = sessionsHome(organisation.id);
  const values = {
    organisation: organisationHead(organisation, actor),
    back: `${home}/hours`,
    title: course.snapshot.title,
    asked: askedText(asked),
    form: mayAsk ? { action: `${home}/hours/${course.slug}`, value } : null,
    errors,
    columns: columns(asked !== null),
    rows: people.map(person => rowOf(person, { open, asked })),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/requirements/classroom/course-hours', values, { status, nav: navFor(actor) });
}

const columns = (isAsked: boolean) => [
  { label: spoken('classroom.person') },
  { label: spoken('classroom.fact.unit') },
  { label: spoken('classroom.sessions'), isNumber: true },
  { label: spoken('classroom.servedAll'), isNumber: true },
  ...(isAsked
    ? [
        { label: spoken('classroom.counting'), isNumber: true },
        { label: spoken('classroom.left'), isNumber: true },
      ]
    : []),
  { label: spoken('classroom.creditedOn') },
];

type WithHours = Awaited<ReturnType<typeof peopleWithHours>>[number];

const rowOf = (person: WithHours, { open, asked }: { open: OpenSessions; asked: number | null }) => [
  { text: listedName(person), isName: true, href: hrefOf(person, open) },
  { text: person.unit ?? '', isName: true },
  { text: person.sessions },
  { text: hoursText(person.all) },
  ...(asked === null
    ? []
    : [{ text: hoursText(person.counting) }, { text: hoursText(Math.max(0, asked - person.counting)) }]),
  { text: person.creditedOn === null ? spoken('classroom.notYet') : dayWords(person.creditedOn) },
];

/** The person's page, for those who may open it: instructors may not. */
const hrefOf = ({ id }: WithHours, { actor, organisation }: OpenSessions): string | null =>
  can(actor, 'organisation.people', { organisationId: organisation.id })
    ? `/organisations/${organisation.id}/people/${id}`
    : null;
