import { Router } from 'express';
import { NotFound } from '../errors.js';
import { addresses } from '../learning/course-page.js';
import { cycleIn } from '../learning/enrolments.js';
import type { WebDeps } from '../http/deps.js';
import { actorOf } from '../http/page.js';
import { typed } from '../http/forms.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import type { Actor } from '../policy.js';
import { cardOf, moduleMinutes } from './cards.js';
import { currentCourse, library, type PublishedCourse } from './catalogue.js';
import type { Fact } from './content/schema/types.js';
import { grantedTo, organisationFor, courseCards } from './grants.js';
import { courseAccessPages } from './routes-course-access.js';

const RESTRICTED = { kind: 'restricted', href: null };

/** All facts at once would be a long download. */
const FACTS_ON_A_PAGE = 60;

/** What anybody may see: the shelf, one course, sources. */
export function routes(deps: WebDeps): Router {
  const { show, config } = deps;
  const router = Router();
  router.get('/', async (req, res) => {
    show(req, res, 'courses/home', { courses: await courseCards() });
  });

  router.get('/courses', async (req, res) => {
    show(req, res, 'courses/catalogue', { courses: await courseCards() }, { nav: 'courses' });
  });

  router.get('/courses/:slug', async (req, res) => {
    const course = await currentCourse(req.params.slug);
    if (!course) throw new NotFound();
    const { snapshot } = course;
    const { packs } = await library();
    const modules = snapshot.modules.map(module => ({
      title: module.title,
      summary: module.summary,
      minutes: moduleMinutes(snapshot, module),
      hasPacks: packs.some(pack => pack.module === module.slug),
    }));
    const card = cardOf(course, (await grantedTo(course)) === null);
    const about = {
      ...card,
      summary: snapshot.summary,
      modules,
      finalQuestions: snapshot.final?.draw ?? null,
      finalHasCase: Boolean(snapshot.final?.scenario),
    };
    const actor = actorOf(req);
    const action = await actionFor(actor, course, card.restricted);
    const values = {
      course: about,
      action: { ...action, signInHref: `/sign-in?course=${course.slug}` },
      access: action.kind === 'restricted' ? await accessTo(course) : null,
      confirmed: actor !== null && 'confirmed' in req.query,
      noindex: card.restricted,
    };
    show(req, res, 'courses/about', values, { nav: 'courses' });
  });

  router.get('/sources', async (req, res) => {
    const { facts } = await library();
    const shown = facts.filter(({ status }) => status === 'verified' || status === 'interpretation');
    const wanted = shown.findIndex(({ id }) => id === typed(req.query, 'fact'));
    const first = Math.floor(Math.max(wanted, 0) / FACTS_ON_A_PAGE) * FACTS_ON_A_PAGE;
    show(req, res, 'courses/sources', {
      parts: partsOf(shown, first),
      facts: shown
        .slice(first, first + FACTS_ON_A_PAGE)
        .map(({ id, statement, source, publisher, year, url, checked }) => ({
          id,
          statement,
          source: `${publisher}, ${source}`,
          year,
          url: url ?? null,
          checked: dayInWords(checked),
        })),
    });
  });

  /** What somebody can do with a course. Whoever has begun goes on, also when it is not open to them any more. */
  async function actionFor(actor: Actor | null, course: PublishedCourse, restricted: boolean) {
    const { slug } = course;
    if (!actor) return restricted ? RESTRICTED : { kind: 'sign-up', href: `/sign-up?course=${slug}` };
    if ((await organisationFor(actor, course)) !== null) return { kind: 'start', href: null };
    const cycle = await cycleIn(actor.id, slug);
    return cycle === null ? RESTRICTED : { kind: 'begun', href: addresses(cycle.id).course };
  }

  /** How to ask for a restricted course, and which courses are open meanwhile. */
  async function accessTo({ slug, snapshot }: PublishedCourse) {
    const words = { course: snapshot.title, address: `${config.baseUrl}/courses/${slug}` };
    return {
      ...requestByMail(
        config.contactEmail,
        spoken('about.askSubject', words),
        spoken('about.askText', words),
      ),
      open: (await courseCards()).filter(each => !each.restricted),
    };
  }

  return router;
}

/** A day is a day everywhere: read as midnight of UTC, it must be written there, too. */
const dayInWords = (day: string): string => formatDate(Date.parse(day), hereIn('UTC'));

/** Links to the parts of the list of facts, each named by its first and last fact. */
function partsOf(facts: readonly Fact[], first: number) {
  const starts = facts.flatMap((_, index) => (index % FACTS_ON_A_PAGE === 0 ? index : []));
  return starts.map(start => {
    const part = facts.slice(start, start + FACTS_ON_A_PAGE);
    const [from = '', to = ''] = [part[0]?.id, part.at(-1)?.id];
    return { from, to, href: `/sources?fact=${from}`, current: start === first };
  });
}

/** A message that is ready to send: as text, and as a link for a mail program where there is an address to write to. */
const requestByMail = (contact: string | null, subject: string, text: string) => ({
  subject,
  text,
  mailto:
    contact &&
    `mailto:${contact}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll('\n', '\r\n'))}`,
});

/** Who may take the restricted courses. */
export const officeRoutes = courseAccessPages;
