import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { isId } from '../../platform/lib/ids.js';
import { organisationHead } from '../../people/organisations/organisation-tabs.js';
import { navFor } from '../../people/organisations/navigation.js';
import { findMembers } from '../../people/organisations/people/find-members.js';
import { listedEmail, listedName } from '../../people/organisations/people/member-words.js';
import { openMember, type OpenMember } from '../../people/organisations/people/open-member.js';
import { organisationToOpen } from '../../people/organisations/settings/open-organisation.js';
import { authorise } from '../../policy.js';
import { merge } from './merge.js';
import { donePage } from './merge-page.js';
import { findMerge, membersOfMerge } from './merges.js';
import { planMerge, type AskedMerge } from './plan-merge.js';
import { mergeErrors, previewPage, seenIn } from './merge-preview.js';
import { undoMerge } from './undo-merge.js';

const PERSON = '/organisations/:id/people/:membershipId/merge';
const PAIR = `${PERSON}/:otherId`;
const DONE = '/organisations/:id/merges/:mergeId';

/** Two entries of an organisation that are one person: found, compared, merged, and made two again. */
export function mergeMemberPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PERSON, on(choose));
  router.get(PAIR, on(compare));
  router.post(PAIR, on(mergeThem));
  router.get(DONE, on(showDone));
  router.post(`${DONE}/undoing`, on(undo));
  return router;
}

async function choose(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(deps, req, req.params['membershipId']);
  const query = typed(req.query, 'query').trim() || open.name;
  const asked = { organisationId: open.organisation.id, query, after: '', limit: 50 };
  const found = (await findMembers(open.actor, asked)).filter(({ id }) => id !== open.member.id);
  const values = {
    organisation: organisationHead(open.organisation, open.actor),
    name: open.name,
    back: homeOf(open),
    query,
    action: `${homeOf(open)}/merge`,
    found: found.map(person => ({
      href: `${homeOf(open)}/merge/${person.id}`,
      name: listedName(person),
      details: [person.staffNumber, listedEmail(person), person.unit].flatMap(each => each ?? []),
      state: spoken(`people.employment.${person.employment}`),
    })),
  };
  deps.show(req, res, 'office/merging/choose', values, { nav: navFor(open.actor) });
}

const compare = (deps: WebDeps, req: Request, res: Response): Promise<void> => preview(deps, req, res);

async function mergeThem(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, asked } = await pair(deps, req);
  if (typed(req.body, 'sure') !== 'yes') return preview(deps, req, res);
  const { id: organisationId } = open.organisation;
  const outcome = await merge(asked, { seen: seenIn(req.body), organisationId, by: byOf(deps, open) });
  if (outcome.kind !== 'merged') return preview(deps, req, res);
  res.redirect(303, `/organisations/${organisationId}/merges/${outcome.mergeId}?done=merged`);
}

const byOf = ({ clock }: WebDeps, { actor }: OpenMember) => ({
  ...{ actorId: actor.id, isInstallation: actor.isAdministrator, now: clock() },
});

/** Both, for somebody who may change both. 404 for ids of other organisations. */
async function pair(
  deps: WebDeps,
  req: Request,
): Promise<{ open: OpenMember; asked: AskedMerge; otherName: string }> {
  const open = await load(deps, req, req.params['membershipId']);
  const other = await load(deps, req, req.params['otherId']);
  const side = ({ member }: OpenMember) => ({ membershipId: member.id, userId: member.userId });
  return { open, asked: { kept: side(open), closed: side(other) }, otherName: other.name };
}

/** The person, for those who may change them; nobody decides about themselves. */
const load = ({ clock }: WebDeps, req: Request, membershipId: unknown): Promise<OpenMember> =>
  openMember(actorOf(req), { id: req.params['id'], membershipId }, { now: clock(), action: 'person.place' });

const homeOf = ({ organisation, member }: OpenMember): string =>
  `/organisations/${organisation.id}/people/${member.id}`;

/** Both side by side; after a form that could not be carried out, with what is still to be ticked, as things stand now. */
async function preview(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { open, asked, otherName } = await pair(deps, req);
  const plan = await planMerge(asked, byOf(deps, open));
  const home = homeOf(open);
  const other = asked.closed.membershipId ?? '';
  const isSent = req.method === 'POST';
  const values = {
    organisation: organisationHead(open.organisation, open.actor),
    back: { href: `${home}/merge`, text: spoken('merging.chooseHeading') },
    names: { kept: open.name, closed: otherName },
    refused: plan.kind === 'refused' ? plan.reason : null,
    preview:
      plan.kind === 'plan' ? previewPage(plan, seenIn(req.body), hereIn(open.organisation.timeZone)) : null,
    action: `${home}/merge/${other}`,
    swap: `/organisations/${open.organisation.id}/people/${other}/merge/${open.member.id}`,
    errors: isSent && plan.kind === 'plan' ? mergeErrors(req.body, plan) : {},
  };
  deps.show(req, res, 'office/merging/preview', values, {
    status: isSent ? 422 : 200,
    nav: navFor(open.actor),
  });
}

async function showDone(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await done(deps, req, res, {});
}

async function undo(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { made, actor } = await loadDone(req);
  if (!made.mayUndo) throw new NotFound();
  if (typed(req.body, 'sure') !== 'yes') return done(deps, req, res, { sure: spoken('errors.sure') });
  const outcome = await undoMerge(made.merge.id, 'asked', { actorId: actor.id, now: deps.clock() });
  if (outcome === 'not-open') throw new Conflict('This has already been undone');
  if (outcome !== 'undone') return done(deps, req, res, { sure: spoken(`merging.undo.${outcome}`) });
  res.redirect(303, `${req.path.replace(/\/undoing$/, '')}?done=merge-undone`);
}

/** A merge of this organisation's people, for its administrators. What the installation decided, it undoes. */
async function loadDone(req: Request) {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params['id'],
    'organisation.administer',
  );
  const found = isId(req.params['mergeId']) ? await findMerge(req.params['mergeId']) : null;
  const members = found ? await membersOfMerge(found.id) : [];
  const own = members.find(({ organisationId }) => organisationId === organisation.id);
  if (!found || !own) throw new NotFound();
  for (const userId of [found.keptUserId, found.closedUserId])
    authorise(actor, 'person.place', { userId, organisationId: organisation.id });
  const mayUndo = actor.isAdministrator || found.organisationId === organisation.id;
  return { organisation, actor, made: { merge: found, own, mayUndo } };
}

async function done(deps: WebDeps, req: Request, res: Response, errors: Record<string, string>) {
  const { organisation, actor, made } = await loadDone(req);
  const now = deps.clock();
  const { own, mayUndo } = made;
  const home = `/organisations/${organisation.id}`;
  const values = {
    ...(await donePage(made.merge, now, hereIn(organisation.timeZone))),
    organisation: organisationHead(organisation, actor),
    back: { href: `${home}/people`, text: spoken('people.heading') },
    links: {
      kept: `${home}/people/${own.keptId ?? own.membershipId}`,
      closed: own.keptId === null ? null : `${home}/people/${own.membershipId}`,
    },
    action: mayUndo ? `${home}/merges/${made.merge.id}/undoing` : null,
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'office/merging/merge', values, { status, nav: navFor(actor) });
}
