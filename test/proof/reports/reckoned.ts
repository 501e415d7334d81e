import { newId } from '../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { askForMembers } from '../../../server/proof/requirements/reckoning/pending.js';
import { reckonChanged } from '../../../server/proof/requirements/reckoning/reckon-pending.js';
import type { Rule } from '../../../server/proof/requirements/requirement-rule.js';
import { keepVersion } from '../../../server/proof/requirements/rules/keep-requirements.js';
import { rows, write } from '../../support/rows.js';
import { world } from '../../support/world.js';
import { someRule } from '../requirements/some-rule.js';

/** A requirement of an organisation, in force since `fromDay`, as it was said then. */
export async function required(
  organisation: OrganisationFacts,
  { title = 'Crew', fromDay, rule = {} }: { title?: string; fromDay: string; rule?: Partial<Rule> },
): Promise<string> {
  const change = { organisation, actorId: null, now: Date.parse(`${fromDay}T00:00:00Z`) };
  const asked = { requirementId: null, after: 0, title, fromDay, rule: someRule(rule) };
  const outcome = await keepVersion(change, asked);
  if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome));
  return outcome.requirementId;
}

/** Everything that was said of an organisation, people and credits, is reckoned. */
export async function reckoned(organisation: OrganisationFacts): Promise<void> {
  await world().worker.drain();
  const members = await rows<{ id: string }>('select id from memberships where organisation_id = $1', [
    organisation.id,
  ]);
  await askForMembers(
    organisation.id,
    members.map(({ id }) => id),
  );
  await reckonChanged(organisation.id, Date.now);
}

/** What was reckoned so far was said, and taken back, so many days earlier. */
export const saidEarlier = (organisation: OrganisationFacts, days: number) =>
  write(
    `update standing_intervals set recorded_at = recorded_at - $2, retired_at = retired_at - $2
     where organisation_id = $1`,
    [organisation.id, days * 86_400_000],
  );

/** Somebody completed a course on a day; the certificate prints no end, so that a rule of its own decides. */
export async function completed(
  organisation: OrganisationFacts,
  membershipId: string,
  { on, said = Date.parse(`${on}T12:00:00Z`) }: { on: string; said?: number },
): Promise<string> {
  const id = newId();
  await write(
    `insert into credits (id, organisation_id, membership_id, course_slug, version, completed_on, source, source_id, recorded_at)
     values ($1, $2, $3, 'airline-and-transport', 1, $4, 'elsewhere', $1, $5)`,
    [id, organisation.id, membershipId, on, said],
  );
  return id;
}

/** Renewed yearly from the end before, as most rules of their own say. */
export const YEARLY: Partial<Rule> = {
  renewal: { kind: 'own', validity: { months: 12, snap: 'none', counts: 'from-completion' } },
};
