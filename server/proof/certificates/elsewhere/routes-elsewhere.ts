import { Router, type Request, type Response } from 'express';
import { coursesOpenTo } from '../../../teaching/courses/grants.js';
import { Conflict, NotFound, OwnMatter } from '../../../errors.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { uploadOf } from '../../../platform/http/files/uploads.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { isId } from '../../../platform/lib/ids.js';
import { openFileReader, type FileReader } from '../../open-badges/files/reader-thread.js';
import { membershipOfAccount } from '../../../people/organisations/people/own-memberships.js';
import { organisationsNamed } from '../../../people/organisations/memberships.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { findMember } from '../../../people/organisations/people/find-members.js';
import { listedName } from '../../../people/organisations/people/member-words.js';
import { openMember, type OpenMember } from '../../../people/organisations/people/open-member.js';
import { placedMember } from '../../../people/organisations/reach.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { authorise, can, signedIn } from '../../../policy.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { trustedIssuers } from '../verification/trusted-issuers.js';
import { bringCertificate, isSameName, type BroughtBy } from './bring.js';
import { decideCourse, endElsewhere, refuseElsewhere } from './decide.js';
import { readElsewhereDecision, readEnding, readPaper, typedDecision, typedPaper } from './elsewhere-form.js';
import { elsewhereFacts, elsewhereRow, titlesOfCourses } from './elsewhere-values.js';
import { readForeignFile } from './read-file.js';
import { elsewhereIn, elsewhereOfAccount, elsewhereOfMember, elsewhereWithId } from './stored-elsewhere.js';

const PERSON = '/organisations/:id/people/:membershipId/elsewhere';
const HOME = '/organisations/:id/evidence/elsewhere';

type Deps = IssuerDeps & { readonly reader: FileReader };

/** Certificates from elsewhere: handed in by their holder or who manages them, and decided on by an administrator. */
export function elsewhereRoutes(deps: IssuerDeps): Router {
  const router = Router();
  const reader = openFileReader(fault => deps.log.error({ fault }, 'a file could not be read'));
  const on = handlersWith({ ...deps, reader });
  router.get('/certificates/elsewhere', on(showOwn));
  router.post('/certificates/elsewhere', on(handIn));
  router.get(PERSON, on(showPerson));
  router.post(PERSON, on(handInFor));
  router.get(`${PERSON}/paper`, on(askForPaper));
  router.post(`${PERSON}/paper`, on(enterPaper));
  router.get(HOME, on(list));
  router.get(`${HOME}/:elsewhere`, on(showOne));
  router.post(`${HOME}/:elsewhere/decision`, on(decide));
  router.post(`${HOME}/:elsewhere/ending`, on(end));
  return router;
}

async function showOwn(deps: Deps, req: Request, res: Response): Promise<void> {
  await ownPage(deps, req, res, {});
}

/** The holder hands in a file for one of their organisations. */
async function handIn(deps: Deps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const chosen = typed(req.body, 'organisation');
  const organisations = await organisationsNamed(actor.memberships);
  const organisation = organisations.find(({ id }) => id === chosen);
  if (!organisation) return ownPage(deps, req, res, { organisation: spoken('elsewhere.error.organisation') });
  const membershipId = await membershipOfAccount(organisation.id, actor.id);
  const member = membershipId && (await findMember(organisation.id, membershipId));
  if (!member) throw new NotFound();
  const by = { organisation, membershipId: member.id, userId: actor.id, name: listedName(member) };
  const error = await bringFile(deps, req, { ...by, actorId: actor.id, now: deps.clock() });
  if (error) return ownPage(deps, req, res, { file: error });
  res.redirect(303, '/certificates/elsewhere?done=elsewhere-brought');
}

/** Verifies the file of the form and takes what it says. Returns what is wrong with it; null: nothing. */
async function bringFile(deps: Deps, req: Request, by: BroughtBy): Promise<string | null> {
  const upload = uploadOf(req);
  const refusal = (why: string) => spoken(`elsewhere.refused.${why}`);
  if (!upload?.name && !upload?.bytes.length) return refusal('none');
  if (upload.tooLarge) return refusal('large');
  const { timeZone } = by.organisation;
  const others = trustedIssuers(deps.config).documents;
  const read = await readForeignFile(upload.bytes, { ...deps, others }, { timeZone, now: by.now });
  if (read.kind === 'refused') return refusal(read.why);
  return (await bringCertificate(read.facts, by)) === 'again' ? refusal('again') : null;
}

async function showPerson(deps: Deps, req: Request, res: Response): Promise<void> {
  await personPage(deps, req, res, await load(deps, req), {});
}

async function handInFor(deps: Deps, req: Request, res: Response): Promise<void> {
  const open = await loadAnother(deps, req);
  const error = await bringFile(deps, req, broughtFor(open, deps.clock()));
  if (error) return personPage(deps, req, res, open, { file: error });
  res.redirect(303, `${personHome(open)}?done=elsewhere-brought`);
}

async function askForPaper(deps: Deps, req: Request, res: Response): Promise<void> {
  await paperPage(deps, req, res, await loadAnother(deps, req), {});
}

async function enterPaper(deps: Deps, req: Request, res: Response): Promise<void> {
  const open = await loadAnother(deps, req);
  const form = readPaper(req.body, open.today);
  if (!form.ok) return paperPage(deps, req, res, open, form.errors);
  await bringCertificate(form.value, broughtFor(open, deps.clock()));
  res.redirect(303, `${personHome(open)}?done=elsewhere-brought`);
}

/** The certificates from elsewhere of an organisation's people, for those who manage them. */
async function list({ show }: Deps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.people',
  );
  const titleOf = await titlesOfCourses();
  const all = await elsewhereIn(actor, organisation.id);
  const values = {
    organisation: organisationHead(organisation, actor),
    rows: all.map(each => ({
      ...elsewhereRow(each, titleOf),
      href: `/organisations/${organisation.id}/evidence/elsewhere/${each.id}`,
    })),
  };
  show(req, res, 'proof/certificates/elsewhere/list', values, { nav: navFor(actor) });
}

async function showOne(deps: Deps, req: Request, res: Response): Promise<void> {
  await onePage(deps, req, res, await loadOne(deps, req), {});
}

async function decide(deps: Deps, req: Request, res: Response): Promise<void> {
  const one = await loadToDecide(deps, req);
  const { found, organisation, actor, courses, home } = one;
  const form = readElsewhereDecision(
    req.body,
    courses.map(({ slug }) => slug),
  );
  if (!form.ok) return onePage(deps, req, res, one, form.errors);
  const by = { organisation, actorId: actor.id, now: deps.clock() };
  const isDone =
    form.value.kind === 'count'
      ? await decideCourse(found.id, form.value.courseSlug, by)
      : await refuseElsewhere(found.id, form.value.reason, by);
  if (!isDone) throw new Conflict('It was decided');
  res.redirect(303, `${home}?done=elsewhere-decided`);
}

async function end(deps: Deps, req: Request, res: Response): Promise<void> {
  const one = await loadToDecide(deps, req);
  const { found, organisation, actor, today, home } = one;
  const form = readEnding(req.body, { today, completedOn: found.completedOn });
  if (!form.ok) return onePage(deps, req, res, one, form.errors);
  const by = { organisation, actorId: actor.id, now: deps.clock() };
  if (!(await endElsewhere(found.id, form.value, by))) throw new Conflict('It does not count');
  res.redirect(303, `${home}?done=elsewhere-ended`);
}

const load = ({ clock }: Deps, req: Request): Promise<OpenMember> =>
  openMember(actorOf(req), req.params, { now: clock(), action: 'person.see' });

/** Somebody else: one's own are handed in on one's own page, and never entered from paper by oneself. */
async function loadAnother(deps: Deps, req: Request): Promise<OpenMember> {
  const open = await load(deps, req);
  if (open.member.userId === open.actor.id) throw new OwnMatter('elsewhere.decide');
  return open;
}

const broughtFor = ({ organisation, member, name, actor }: OpenMember, now: number): BroughtBy => ({
  ...{ organisation, membershipId: member.id, userId: member.userId, name, actorId: actor.id, now },
});

const personHome = ({ organisation, member }: OpenMember): string =>
  `/organisations/${organisation.id}/people/${member.id}/elsewhere`;

/** One certificate, for those who may see its person. */
async function loadOne({ clock }: Deps, req: Request) {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.people',
  );
  const { elsewhere } = req.params;
  const found = isId(elsewhere) ? await elsewhereWithId(elsewhere) : null;
  const isHere = found?.organisationId === organisation.id;
  const member = isHere ? await findMember(organisation.id, found.membershipId) : null;
  authorise(actor, 'person.see', await placedMember(actor, member));
  if (!found) throw new NotFound();
  const now = clock();
  return {
    ...{ organisation, actor, found },
    today: dayOf(now, organisation.timeZone),
    courses: await coursesOpenTo(organisation.id, now),
    home: `/organisations/${organisation.id}/evidence/elsewhere/${found.id}`,
  };
}

type LoadedOne = Awaited<ReturnType<typeof loadOne>>;

/** The same for an administrator who may decide: not about their own, and of a paper not whoever entered it. */
async function loadToDecide(deps: Deps, req: Request): Promise<LoadedOne> {
  const one = await loadOne(deps, req);
  const { actor, found, organisation } = one;
  authorise(actor, 'elsewhere.decide', { userId: found.userId, organisationId: organisation.id });
  if (mustBeAnother(one)) throw new OwnMatter('elsewhere.decide');
  return one;
}

/** A paper is confirmed by somebody else than whoever entered it. */
const mustBeAnother = ({ found, actor }: LoadedOne): boolean =>
  found.way === 'paper' && found.state === 'waiting' && found.enteredBy === actor.id;

const statusOf = (errors: Record<string, string>): number => (Object.keys(errors).length > 0 ? 422 : 200);

async function ownPage(
  { show }: Deps,
  req: Request,
  res: Response,
  errors: Record<string, string>,
): Promise<void> {
  const actor = signedIn(actorOf(req));
  const titleOf = await titlesOfCourses();
  const organisations = await organisationsNamed(actor.memberships);
  const values = {
    rows: (await elsewhereOfAccount(actor.id)).map(each => ({
      ...elsewhereRow(each, titleOf),
      organisation: each.organisation,
    })),
    organisations: organisations.map(({ id, name }) => ({ value: id, label: name })),
    chosen:
      typed(req.body, 'organisation') || (organisations.length === 1 ? (organisations[0]?.id ?? '') : ''),
    errors,
  };
  show(req, res, 'proof/certificates/elsewhere/own', values, {
    status: statusOf(errors),
    nav: 'certificates',
  });
}

async function personPage(
  { show }: Deps,
  req: Request,
  res: Response,
  open: OpenMember,
  errors: Record<string, string>,
): Promise<void> {
  const { organisation, actor, member, name } = open;
  const titleOf = await titlesOfCourses();
  const home = personHome(open);
  const values = {
    organisation: organisationHead(organisation, actor),
    back: `/organisations/${organisation.id}/people/${member.id}`,
    ...{ name, errors },
    rows: (await elsewhereOfMember(member.id)).map(each => ({
      ...elsewhereRow(each, titleOf),
      href: `/organisations/${organisation.id}/evidence/elsewhere/${each.id}`,
    })),
    steps: member.userId === actor.id ? null : { action: home, paperHref: `${home}/paper` },
  };
  show(req, res, 'proof/certificates/elsewhere/person', values, {
    status: statusOf(errors),
    nav: navFor(actor),
  });
}

async function paperPage(
  { show }: Deps,
  req: Request,
  res: Response,
  open: OpenMember,
  errors: Record<string, string>,
): Promise<void> {
  const { organisation, actor, name } = open;
  const values = {
    organisation: organisationHead(organisation, actor),
    ...{ back: personHome(open), action: `${personHome(open)}/paper`, name },
    ...{ values: typedPaper(req.body), errors },
  };
  show(req, res, 'proof/certificates/elsewhere/paper', values, {
    status: statusOf(errors),
    nav: navFor(actor),
  });
}

async function onePage(
  { show }: Deps,
  req: Request,
  res: Response,
  one: LoadedOne,
  errors: Record<string, string>,
): Promise<void> {
  const { found, organisation, actor, courses, home } = one;
  const mayDecide = can(actor, 'elsewhere.decide', { userId: found.userId, organisationId: organisation.id });
  const { holderName } = found;
  const values = {
    organisation: organisationHead(organisation, actor),
    back: `/organisations/${organisation.id}/evidence/elsewhere`,
    row: elsewhereRow(found, await titlesOfCourses()),
    facts: elsewhereFacts(found, organisation.timeZone),
    isOtherName: holderName !== null && !isSameName(holderName, listedName(found)),
    way: found.way,
    note: !mayDecide ? null : mustBeAnother(one) ? ('another' as const) : null,
    decision: mayDecide && found.state === 'waiting' && !mustBeAnother(one) ? `${home}/decision` : null,
    ending: mayDecide && found.state === 'counted' ? `${home}/ending` : null,
    courses: courses.map(({ slug, snapshot }) => ({ value: slug, label: snapshot.title })),
    ...{ values: typedDecision(req.body), errors },
  };
  show(req, res, 'proof/certificates/elsewhere/one', values, {
    status: statusOf(errors),
    nav: navFor(actor),
  });
}
