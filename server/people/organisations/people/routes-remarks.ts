import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { listPlace, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { can } from '../../../policy.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { organisationToOpen } from '../settings/open-organisation.js';
import { remarkHref } from './remark-links.js';
import { peopleWithRemark, namesOfMember, type Remark } from './remarks.js';
import { listedName, otherNames } from './member-words.js';
import { changeMember } from './members.js';
import { openMember } from './open-member.js';

/** Rows on one page of a list. */
const PAGE = 50;

const LISTS = '/organisations/:id/people';

/**
 * People whose account or certificate has another name than the organisation's list, and people without a job. A chosen name is a
 * difference, not a fault: the list can take it over, and otherwise both stay.
 */
export function remarkPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(remarkHref(LISTS, 'names'), on(showNames));
  router.get(remarkHref(LISTS, 'jobs'), on(showWithoutJob));
  router.post(`${LISTS}/:membershipId/name`, on(takeOver));
  return router;
}

async function showNames({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { actor, home, people, ...list } = await load(req, 'names');
  const values = {
    ...list,
    people: people.map(person => ({
      href: `${home}/${person.id}`,
      name: listedName(person),
      staffNumber: person.staffNumber,
      employment: person.employment,
      others: otherNames(person).map(name => ({ name, isOnCertificate: name === person.certificateName })),
      action: `${home}/${person.id}/name`,
    })),
  };
  show(req, res, 'people/organisations/people/names', values, { nav: navFor(actor) });
}

async function showWithoutJob({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { actor, home, people, mayChange, ...list } = await load(req, 'jobs');
  const values = {
    ...list,
    people: people.map(person => ({
      href: `${home}/${person.id}`,
      name: listedName(person),
      staffNumber: person.staffNumber,
      unit: person.unit,
      enterHref: mayChange ? `${home}/${person.id}/places/move` : null,
    })),
  };
  show(req, res, 'people/organisations/people/without-job', values, { nav: navFor(actor) });
}

/** A page of one of the lists, for those who manage people. */
async function load(req: Request, remark: Remark) {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.people',
  );
  const asked = { organisationId: organisation.id, remark, after: listPlace(req.query), limit: PAGE + 1 };
  const found = await peopleWithRemark(actor, asked);
  const people = found.slice(0, PAGE);
  const home = `/organisations/${organisation.id}/people`;
  const last = found.length > PAGE ? people.at(-1) : undefined;
  return {
    actor,
    home,
    people,
    organisation: organisationHead(organisation, actor),
    back: home,
    mayChange: can(actor, 'organisation.administer', { organisationId: organisation.id }),
    next: last
      ? `${remarkHref(home, remark)}?after=${encodeURIComponent(`${last.id} ${last.sortName}`)}`
      : null,
  };
}

/** The list takes over one of the person's own names; no other text can be sent. Nobody does so for themselves. */
async function takeOver({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const now = clock();
  const { organisation, actor, member, today } = await openMember(actorOf(req), req.params, {
    now,
    action: 'person.place',
  });
  const known = await namesOfMember(organisation.id, member.id);
  if (!known) throw new NotFound();
  const name = typed(req.body, 'name');
  if (!otherNames(known).includes(name)) throw new Conflict('The name has changed in the meantime');
  const { email, staffNumber } = known;
  const of = { organisation, membershipId: member.id, fromDay: today, actorId: actor.id, now };
  const outcome = await changeMember(of, { person: { name, email, staffNumber } });
  if (outcome.kind === 'refused') throw new Conflict('The list of people has changed in the meantime');
  res.redirect(
    303,
    `${remarkHref(`/organisations/${organisation.id}/people`, 'names')}?done=name-taken-over`,
  );
}
