import { Router, type Request, type Response } from 'express';
import { currentCourses } from '../../../teaching/courses/catalogue.js';
import { coursesOpenTo } from '../../../teaching/courses/grants.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { listPlace, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { can } from '../../../policy.js';
import { invitationLimits } from '../invitations/invitation-limits.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { listedEmail, listedName } from '../people/member-words.js';
import { findMember } from '../people/find-members.js';
import { placedMember } from '../reach.js';
import { openTree, unitsSeen, type OpenTree } from '../units/open-tree.js';
import { isToFindUnit, unitChoice, unitQuery } from '../units/unit-choice.js';
import { unitOptions } from '../units/unit-options.js';
import { readAddressees } from './addressees.js';
import { linksOf, linkWithId } from './course-links.js';
import { linksHome, linkValues } from './links-page.js';
import { MOST_LINKS, sendCourseLinks, withdrawCourseLink, type Addressee } from './send-links.js';
import { pageOfList } from '../../../platform/lib/lists/page-of-list.js';

const HOME = '/organisations/:id/course-links';
/** Links on one page of the list. */
const PAGE = 50;

/** Links for one course, mailed by those who manage an organisation or, into their own units, a unit. */
export function courseLinkPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(listLinks));
  router.get(`${HOME}/new`, on(ask));
  router.post(`${HOME}/new`, on(send));
  router.post(`${HOME}/:link/withdrawal`, on(withdraw));
  return router;
}

async function listLinks({ show, clock, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(req, clock());
  const { organisation, actor } = open;
  const units = open.isWhole ? null : open.seen.map(({ id }) => id);
  const after = listPlace(req.query);
  const { shown, last } = await pageOfList(PAGE, limit => linksOf(organisation.id, { after, limit, units }));
  const titles = new Map((await currentCourses()).map(({ slug, snapshot }) => [slug, snapshot.title]));
  const look = { t: spoken, place: hereIn(config.timeZone), now: clock(), titles };
  const values = {
    organisation: organisationHead(organisation, actor),
    make: `${linksHome(organisation.id)}/new`,
    links: shown.map(link => linkValues(link, look)),
    next: last ? `${linksHome(organisation.id)}?after=${last.id}` : null,
  };
  show(req, res, 'people/organisations/course-links/list', values, { nav: navFor(actor) });
}

/** The form, for a list of addresses or, from their own page, one person. */
async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(req, deps.clock());
  const to = await addressOfPerson(open, typed(req.query, 'person'));
  await page(deps, req, res, { to, errors: {} });
}

async function send(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const now = deps.clock();
  const open = await load(req, now);
  const text = typed(req.body, 'to');
  if (isToFindUnit(req.body)) return page(deps, req, res, { to: text, errors: {} });
  const { organisation, actor } = open;
  const [course, unit] = [typed(req.body, 'course'), typed(req.body, 'unit')];
  const { to, wrong } = readAddressees(text);
  const courses = await coursesOpenTo(organisation.id, now);
  const errors = {
    ...(courses.some(({ slug }) => slug === course) ? {} : { course: spoken('errors.linkCourse') }),
    ...(keeps(open, unit || null) ? {} : { unit: spoken('errors.unit') }),
    ...toErrors(to, wrong),
  };
  if (Object.keys(errors).length > 0) return page(deps, req, res, { to: text, errors });
  const many = await beyondLimit(deps, to);
  if (many.length > 0)
    return page(deps, req, res, { to: text, errors: { to: spoken('errors.linkMany', { lines: many }) } });
  const by = { organisationId: organisation.id, key: deps.secrets.links, actorId: actor.id, now };
  await sendCourseLinks(to, { courseSlug: course, unitId: unit || null }, by);
  res.redirect(303, `${linksHome(organisation.id)}?done=course-links-sent`);
}

function toErrors(to: readonly Addressee[], wrong: readonly string[]): Record<string, string> {
  if (wrong.length > 0) return { to: spoken('errors.linkLines', { lines: wrong.slice(0, 3) }) };
  return to.length === 0 || to.length > MOST_LINKS
    ? { to: spoken('errors.linkTo', { most: MOST_LINKS }) }
    : {};
}

/** The addresses that have had too many mails today: none of the others gets one before these are taken out. */
async function beyondLimit({ limits, clock }: WebDeps, to: readonly Addressee[]): Promise<string[]> {
  const [counted, many]: [string[], string[]] = [[], []];
  for (const { email } of to) {
    const wait = await limits.count(invitationLimits.mail, email, clock());
    (wait === null ? counted : many).push(email);
  }
  if (many.length > 0) for (const email of counted) await limits.giveBack(invitationLimits.mail, email);
  return many;
}

async function withdraw({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(req, clock());
  const link = await linkWithId(req.params.link);
  if (link?.organisationId !== open.organisation.id || !keeps(open, link.unitId)) throw new NotFound();
  const by = { organisationId: open.organisation.id, actorId: open.actor.id, now: clock() };
  await withdrawCourseLink(link.id, by);
  res.redirect(303, `${linksHome(open.organisation.id)}?done=course-link-withdrawn`);
}

/** An organisation whose links somebody sends: all of them, or those into the units that they manage. */
interface Open extends OpenTree {
  readonly isWhole: boolean;
  readonly seen: ReturnType<typeof unitsSeen>;
}

async function load(req: Request, now: number): Promise<Open> {
  const tree = await openTree(actorOf(req), req.params.id, now);
  const isWhole = can(tree.actor, 'organisation.manage', { organisationId: tree.organisation.id });
  return { ...tree, isWhole, seen: unitsSeen(tree, tree.today) };
}

const keeps = ({ isWhole, seen }: Open, unitId: string | null): boolean =>
  unitId === null ? isWhole : seen.some(({ id }) => id === unitId);

/** The line of a person of the organisation whom the reader may see; '' for anybody else. */
async function addressOfPerson({ organisation, actor }: Open, membershipId: string): Promise<string> {
  const found = isId(membershipId) ? await findMember(organisation.id, membershipId) : null;
  const member = await placedMember(actor, found);
  if (!member || !can(actor, 'person.see', { ...member, userId: member.userId ?? '' })) return '';
  const email = listedEmail(member);
  return email ? `${listedName(member)} <${email}>` : '';
}

/** The form, as it was filled in. */
interface Filled {
  readonly to: string;
  readonly errors: Record<string, string>;
}

async function page(deps: WebDeps, req: Request, res: Response, { to, errors }: Filled): Promise<void> {
  const { organisation, actor, isWhole, seen } = await load(req, deps.clock());
  const courses = await coursesOpenTo(organisation.id, deps.clock());
  const values = { to, course: typed(req.body, 'course'), unit: typed(req.body, 'unit') };
  const options = await unitOptions(organisation.id, seen);
  const shown = {
    organisation: organisationHead(organisation, actor),
    back: linksHome(organisation.id),
    ...{ values, errors, isWhole, most: MOST_LINKS },
    units: unitChoice(options, { chosen: values.unit, query: unitQuery(req.body) }),
    courses: courses.map(({ slug, snapshot }) => ({ value: slug, label: snapshot.title })),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'people/organisations/course-links/new', shown, { status, nav: navFor(actor) });
}
