import type { Request } from 'express';
import { idOfAddress } from '../../accounts/people.js';
import { Conflict, NotFound } from '../../../errors.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { isId } from '../../../platform/lib/ids.js';
import { authorise, can, signedIn, type Actor } from '../../../policy.js';
import { findOrganisation, type OrganisationFacts } from '../memberships.js';
import type { Appointment } from './role-grants.js';
import { findRole, memberWithAddress, type RoleFacts } from './role-queries.js';

/** The organisation that an address names, who looks at it, and which day it is there. */
export interface Looked {
  readonly organisation: OrganisationFacts;
  readonly actor: Actor;
  readonly today: string;
}

/** The organisation that an address names, for those who administer it. Throws otherwise. */
export async function loadToAdminister(req: Request, now: number): Promise<Looked> {
  const actor = signedIn(actorOf(req));
  const { id } = req.params;
  const organisation = isId(id) ? await findOrganisation(id) : null;
  authorise(actor, 'organisation.administer', organisation && { organisationId: organisation.id });
  if (!organisation) throw new NotFound();
  return { organisation, actor, today: dayOf(now, organisation.timeZone) };
}

/** A role that an address names, for those who may end it. Throws Conflict when it has ended. */
export async function loadRole(
  req: Request,
  now: number,
): Promise<{ role: RoleFacts; actor: Actor; today: string }> {
  const actor = signedIn(actorOf(req));
  const role = await findRole(req.params['role']);
  if (role?.organisationId !== req.params['id']) throw new NotFound();
  authorise(actor, 'grant.end', role);
  if (!role) throw new NotFound();
  const today = dayOf(now, role.timeZone);
  if (role.endedAt !== null || (role.untilDay !== null && role.untilDay <= today))
    throw new Conflict('This role has ended');
  return { role, actor, today };
}

/**
 * The person with an address who may be given a role, or what is wrong with the address. Whoever administers an
 * organisation finds its people alone, and learns of nobody else whether they have an account.
 */
export async function whomToAppoint(
  email: string,
  organisationId: string,
  actor: Actor,
): Promise<{ userId: string } | { errors: Record<string, string> }> {
  const found = actor.isAdministrator ? idOfAddress(email) : memberWithAddress(email, organisationId);
  const userId = await found;
  if (userId === null) return { errors: { email: spoken('errors.roleNobody') } };
  if (!can(actor, 'grant.appoint', { userId, organisationId }))
    return { errors: { email: spoken('errors.roleOwn') } };
  return { userId };
}

/** Why an appointment was not made, in words; null: it was. */
export function appointmentErrors(outcome: Appointment): Record<string, string> | null {
  if (outcome === 'made') return null;
  return { email: spoken(outcome === 'held' ? 'errors.roleHeld' : 'errors.roleUnready') };
}
