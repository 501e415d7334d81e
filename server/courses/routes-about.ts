import type { Request, Response } from 'express';
import type { Config } from '../config.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { actorOf } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { addresses } from '../learning/cycle-addresses.js';
import { cycleIn } from '../learning/enrolments.js';
import type { Actor } from '../policy.js';
import { aboutValues, requestByMail } from './about-page.js';
import { cardOf } from './cards.js';
import { currentCourse, library, type PublishedCourse } from './catalogue.js';
import { courseCards, grantedTo, organisationFor } from './grants.js';

/** What a course is about, and what the reader can do with it. */
export async function showAbout({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const course = await currentCourse(String(req.params.slug));
  if (!course) throw new NotFound();
  const actor = actorOf(req);
  const card = cardOf(course, (await grantedTo(course)) === null);
  const action = await actionFor(actor, course, card.restricted);
  const values = {
    course: aboutValues(course, card, (await library()).packs),
    action: { ...action, signInHref: `/sign-in?course=${course.slug}` },
    access: action.kind === 'restricted' ? await accessTo(course, config) : null,
    confirmed: actor !== null && 'confirmed' in req.query,
    noindex: card.restricted,
  };
  show(req, res, 'courses/about', values, { nav: 'courses' });
}

/** What a reader can do with a course, and where. */
type CourseAction =
  | { readonly kind: 'restricted' | 'start'; readonly href: null }
  | { readonly kind: 'sign-up' | 'begun'; readonly href: string };

const RESTRICTED = { kind: 'restricted', href: null } as const;

/** What somebody can do with a course. People who have begun can continue, even when it is no longer open to them. */
async function actionFor(
  actor: Actor | null,
  course: PublishedCourse,
  restricted: boolean,
): Promise<CourseAction> {
  const { slug } = course;
  if (!actor) return restricted ? RESTRICTED : { kind: 'sign-up', href: `/sign-up?course=${slug}` };
  if ((await organisationFor(actor, course)) !== null) return { kind: 'start', href: null };
  const cycle = await cycleIn(actor.id, slug);
  return cycle === null ? RESTRICTED : { kind: 'begun', href: addresses(cycle.id).course };
}

/** How to ask for access to a restricted course, and which courses are open meanwhile. */
async function accessTo(course: PublishedCourse, { baseUrl, contactEmail }: Config) {
  const words = { course: course.snapshot.title, address: `${baseUrl}/courses/${course.slug}` };
  const request = { subject: spoken('about.askSubject', words), text: spoken('about.askText', words) };
  const open = (await courseCards()).filter(each => !each.restricted);
  return { ...requestByMail(contactEmail, request), open };
}
