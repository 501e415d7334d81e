import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { displayCode } from '../../../platform/lib/ids.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import { can, managedBy, type Actor } from '../../../policy.js';
import { certificateOf, type CertificateFacts } from '../queries.js';
import { newestNameRequest, type NameRequestFacts } from './name-corrections.js';

/** What was typed into the form for another name, and what has to be corrected. */
export interface NameRequestForm {
  readonly name: string;
  readonly why: string;
  readonly errors: Record<string, string>;
}

/** The page on which a holder requests another name, with the request that waits already. */
export async function nameFormValues(
  { id, cycleId, facts }: CertificateFacts,
  { name, why, errors }: NameRequestForm,
  place: Place,
) {
  const newest = await newestNameRequest(cycleId);
  return {
    back: { href: `/certificates/${id}`, text: spoken('rulings.back') },
    course: facts.course.title,
    waiting: newest?.decidedAt === null ? { ...newest, on: formatDate(newest.requestedAt, place) } : null,
    values: { name, why },
    action: `/certificates/${id}/name-request`,
    errors,
  };
}

/**
 * A request in the list of those who decide. The number of the certificate tells two requests of one person apart; the
 * organisation is named to those who decide for several.
 */
export async function nameRequestValues(request: NameRequestFacts, actor: Actor, place: Place) {
  const certificate = await certificateOf(request.cycleId);
  const decidesForSeveral = actor.isAdministrator || managedBy(actor).length > 1;
  const organisation = decidesForSeveral ? await findOrganisation(request.organisationId) : null;
  return {
    href: can(actor, 'certificate.correct', request) ? `/name-requests/${request.id}` : null,
    on: formatDate(request.requestedAt, place),
    now: certificate?.facts.name ?? '',
    course: certificate?.facts.course.title ?? '',
    number: certificate ? displayCode(certificate.code) : '',
    organisation: organisation?.name ?? null,
    name: request.name,
    why: request.why,
  };
}
