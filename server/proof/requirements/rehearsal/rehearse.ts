import { setImmediate as breathe } from 'node:timers/promises';
import { chunks } from '../../../platform/lib/lists/chunks.js';
import { dayOf } from '../../../platform/lib/days.js';
import { newId } from '../../../platform/lib/ids.js';
import type { OrganisationFacts } from '../../../people/organisations/memberships.js';
import { mailReach } from '../mail-reach.js';
import { loadFacts } from '../reckoning/load-facts.js';
import type { VersionFacts } from '../requirement-facts.js';
import { standingVersions } from '../rules/requirement-versions.js';
import { versionsOf } from '../rules/stored-requirements.js';
import { concernedPeople } from './concerned-people.js';
import { consequencesFor } from './consequences.js';
import type { DraftFacts } from './requirement-drafts.js';
import { emptyRehearsal, rehearsalWith, type RehearsedPerson, type Rehearsal } from './rehearsal.js';

/** How many people are read and reckoned at once. */
const BATCH = 500;

/** After so many people whoever waits for this process has a turn. */
const BREATH = 10;

type Of = Pick<DraftFacts, 'requirementId' | 'afterNumber' | 'fromDay' | 'rule'>;
type Zoned = Pick<OrganisationFacts, 'id' | 'timeZone'>;

/** To whom a draft can make a difference, by the ids of their memberships. */
export async function concernedBy(draft: Of, organisation: Zoned, now: number): Promise<string[]> {
  const { requirementId, fromDay, rule } = draft;
  const versions = requirementId === null ? [] : await versionsOf(organisation.id, requirementId);
  const audiences = [rule, ...standingVersions(versions).map(each => each.rule)].map(
    ({ audience }) => audience,
  );
  const units = audiences.some(each => each.units.length === 0) ? [] : audiences.flatMap(each => each.units);
  const days = [dayOf(now, organisation.timeZone), fromDay];
  return concernedPeople({ organisationId: organisation.id, requirementId, units, days });
}

/** Reckon what a draft would do to these people. Nothing is written; `onBatch` hears how many are done. */
export async function rehearse(
  draft: Of,
  { organisation, people, now }: { organisation: Zoned; people: readonly string[]; now: number },
  onBatch: (done: number) => Promise<unknown> = () => Promise.resolve(),
): Promise<Rehearsal> {
  const version = versionOf(draft, now);
  const { requirementId, afterNumber, fromDay, rule } = draft;
  let rehearsal = emptyRehearsal({ requirementId, afterNumber, fromDay, rule });
  let done = 0;
  for (const part of chunks(people, BATCH)) {
    const facts = await loadFacts(organisation, { requirementId, membershipIds: part });
    const found: RehearsedPerson[] = [];
    // In the order of their ids, whatever order a database reads them in: the digest covers it.
    for (const membershipId of part) {
      const each = facts.get(membershipId);
      if (!each) continue;
      if (found.length % BREATH === 0) await breathe();
      found.push({ membershipId, found: consequencesFor(each, version) });
    }
    rehearsal = rehearsalWith(rehearsal, found, await mailReach(part));
    await onBatch((done += part.length));
  }
  return rehearsal;
}

/** The version that the draft would become. */
const versionOf = ({ afterNumber, fromDay, rule }: Of, now: number): VersionFacts => ({
  id: newId(),
  number: afterNumber + 1,
  fromDay,
  recordedAt: now,
  rule,
});
