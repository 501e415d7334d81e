import type { Request, Response } from 'express';
import type { Config } from '../../config.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { actorOf } from '../../platform/http/page.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { addresses } from '../learning/cycle-addresses.js';
import { cycleIn } from '../learning/enrolments.js';
import { organisationsNamed } from '../../people/organisations/memberships.js';
import { managedBy, type Actor } from '../../policy.js';
import { aboutValues } from './about-page.js';
import { cardOf } from './cards.js';
import { askedInWords, requestForCourse } from './access/asking.js';
import { courseCards } from './access/course-cards.js';
import { coursesHome } from './access/organisation-courses-page.js';
import { whomToAsk } from './access/whom-to-ask.js';
import { currentCourse, library, type PublishedCourse } from './catalogue.js';
import { grantedTo, organisationsFor } from './grants.js';

/** What a course is about, and what the reader can do with it. */
export async function showAbout(
  { show, config, clock }: WebDeps,
  req: Request,
  res: Response,
): Promise<void> {
  const course = await currentCourse(String(req.params.slug));
  if (!course) throw new NotFound();
  const actor = actorOf(req);
  const card = cardOf(course, (await grantedTo(course, clock())) === null);
  const action = await actionFor(actor, course, { restricted: card.restricted, now: clock() });
  // Sent on from the form, where nothing was chosen.
  const isMissing = 'organisation' in req.query && action.organisations.length > 1;
  const errors: Record<string, string> = isMissing
    ? { organisation: spoken('errors.organisation-choice') }
    : {};
  const values = {
    course: aboutValues(course, card, (await library()).packs),
    action: { ...action, signInHref: `/sign-in?course=${course.slug}` },
    access: action.kind === 'restricted' ? await accessTo(course, actor, { config, now: clock() }) : null,
    confirmed: actor !== null && 'confirmed' in req.query,
    noindex: card.restricted,
    errors,
  };
  show(req, res, 'teaching/courses/about', values, { status: isMissing ? 422 : 200, nav: 'courses' });
}

/** What a reader can do with a course, and where. */
type CourseAction = {
  /** To choose from; none where there is no choice. */
  readonly organisations: readonly { readonly value: string; readonly text: string }[];
} & (
  | { readonly kind: 'restricted' | 'start'; readonly href: null }
  | { readonly kind: 'sign-up' | 'begun'; readonly href: string }
);

const RESTRICTED = { kind: 'restricted', href: null, organisations: [] } as const;

/** What somebody can do with a course. People who have begun can continue, even when it is no longer open to them. */
async function actionFor(
  actor: Actor | null,
  course: PublishedCourse,
  { restricted, now }: { restricted: boolean; now: number },
): Promise<CourseAction> {
  const { slug } = course;
  if (!actor)
    return restricted ? RESTRICTED : { kind: 'sign-up', href: `/sign-up?course=${slug}`, organisations: [] };
  const found = await organisationsFor(actor, course, now);
  const organisations = found.length > 1 ? found.map(({ id, name }) => ({ value: id, text: name })) : [];
  if (found.length > 0) return { kind: 'start', href: null, organisations };
  const cycle = await cycleIn(actor.id, slug);
  return cycle === null ? RESTRICTED : { kind: 'begun', href: addresses(cycle.id).course, organisations: [] };
}

/** Whom to ask for access to a restricted course, where the reader asks for it, and which courses are open meanwhile. */
async function accessTo(
  course: PublishedCourse,
  actor: Actor | null,
  { config, now }: { config: Config; now: number },
) {
  const open = (await courseCards(config)).filter(each => !each.restricted);
  const whom = actor ? await whomToAsk(actor.id, now) : [];
  const asking = actor ? await organisationsNamed(managedBy(actor)) : [];
  return {
    ...requestForCourse(course, config),
    open,
    whom: askedInWords(whom),
    asking: asking
      .filter(({ kind }) => kind === 'customer')
      .map(({ id, name }) => ({
        href: coursesHome(id),
        text: spoken('about.askForOrganisation', { organisation: name }),
      })),
  };
}
