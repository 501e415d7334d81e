import { record } from '../../platform/events/record.js';
import { isOn } from '../../platform/lib/dated.js';
import { dayOf } from '../../platform/lib/days.js';
import { changeMembers } from '../organisations/people/change-members.js';
import type { Post } from '../organisations/people/member-facts.js';
import { readMembers } from '../organisations/people/stored-members.js';
import type { Meaning } from './claim-rules.js';
import type { ProviderFacts } from './providers/providers.js';

/**
 * Let somebody work where claims say, and as what, from today on. Where they say nothing, and for somebody who works nowhere, it is the
 * provider's own unit. A unit that is closed moves nobody. Joins the transaction, which holds the organisation.
 */
export async function claimPlace(
  provider: Pick<ProviderFacts, 'organisationId' | 'unitId' | 'timeZone'>,
  { membershipId, meaning }: { membershipId: string; meaning: Meaning },
  now: number,
): Promise<void> {
  const { organisationId, timeZone } = provider;
  const organisation = { id: organisationId, timeZone };
  const fromDay = dayOf(now, timeZone);
  const member = (await readMembers(organisation, [membershipId])).get(membershipId);
  const current = member?.places.find(place => place.isHome && isOn(place, fromDay))?.value ?? null;
  const home = homeOf(current, meaning, provider.unitId);
  if (!home || (home.unitId === current?.unitId && home.job === current.job)) return;
  const outcome = await changeMembers(organisation, [{ membershipId, fromDay, home }], {
    actorId: null,
    now,
  });
  if (outcome.kind === 'changed' && !outcome.isSame)
    await record(
      'member.changed',
      { membershipId, what: 'moved', fromDay },
      { actorId: null, organisationId, now },
    );
}

function homeOf(current: Post | null, { unitId, job }: Meaning, own: string | null): Post | null {
  const unit = unitId ?? current?.unitId ?? own;
  return unit === null ? null : { unitId: unit, job: job ?? current?.job ?? null };
}
