import { join } from 'node:path';
import { openKeptPapers } from '../../server/proof/certificates/documents/kept-papers.js';
import { openCheckpoints } from '../../server/proof/certificates/ledger/checkpoints.js';
import { createLogger } from '../../server/platform/lib/log.js';
import { newId } from '../../server/platform/lib/ids.js';
import { findOrganisation, type OrganisationFacts } from '../../server/people/organisations/memberships.js';
import { addMember, endEmployment } from '../../server/people/organisations/people/members.js';
import { carryOutErasure, type ErasingDeps } from '../../server/office/privacy/erasure/carry-out.js';
import { endRetention } from '../../server/office/privacy/erasure/end-retention.js';
import { askForErasure, decideErasure } from '../../server/office/privacy/erasure/erasure-requests.js';
import { count, row, write } from '../support/rows.js';

/** What an erasure needs from outside, in a folder. */
export function erasingIn(dataDir: string): ErasingDeps {
  const [clock, log] = [Date.now, createLogger('error')];
  const standing = (ids: readonly string[]) => Promise.resolve(new Set(ids));
  const kept = openKeptPapers({ folder: join(dataDir, 'papers'), limit: 1, standing, clock, log });
  return { dataDir, papers: { kept }, checkpoints: openCheckpoints(dataDir), clock };
}

/** Somebody's account is erased, as the program does it. */
export async function eraseAccountOf(userId: string, deps: ErasingDeps): Promise<void> {
  const by = { actorId: null, now: Date.now() };
  const id = await askForErasure({ userId, membershipId: null }, 'By chance', by);
  if ((await decideErasure(id, 'By chance', by)) !== 'decided') throw new Error('Nobody could be erased');
  await carryOutErasure(id, deps);
}

/** An organisation that keeps what it knows of people for a month after they left. */
export async function forgettingOrganisation(): Promise<OrganisationFacts> {
  const id = newId();
  await write(
    `insert into organisations (id, slug, name, kind, time_zone, retention_months, created_at)
     values ($1, $1, 'Forgetting', 'customer', 'UTC', 1, 1)`,
    [id],
  );
  const found = await findOrganisation(id);
  if (!found) throw new Error('It was not made');
  return found;
}

/** Somebody leaves an organisation, and its time to keep what it knows of them ends. Their account stays. */
export async function forgetLeaver(
  organisation: OrganisationFacts,
  userId: string,
  deps: ErasingDeps,
): Promise<void> {
  const by = { organisation, actorId: null, now: Date.now() };
  const added = await addMember(
    { ...by, fromDay: '2024-01-01' },
    { person: { name: `Leaver ${userId}`, email: null, staffNumber: null } },
  );
  if (added.kind !== 'changed') throw new Error('Nobody could be added');
  const { membershipId } = added;
  await write('update memberships set user_id = $2 where id = $1', [membershipId, userId]);
  await endEmployment({ ...by, membershipId, fromDay: '2024-02-01' });
  await endRetention(by.now);
  const erasure = await row<{ id: string }>(
    `select id from erasure_requests where membership_id = $1 and state = 'decided'`,
    [membershipId],
  );
  await carryOutErasure(erasure?.id ?? '', deps);
  const known = await count(`membership_people where membership_id = $1 and name like 'Leaver%'`, [
    membershipId,
  ]);
  if (known > 0) throw new Error('Somebody who left is still known');
}
