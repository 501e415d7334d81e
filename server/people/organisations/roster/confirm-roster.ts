import { rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { dayOf } from '../../../platform/lib/days.js';
import { holdOrganisation } from '../hold-organisation.js';
import { knownHash } from './known-state.js';
import { inputsHash, previewRoster, type Previewing } from './preview-roster.js';
import { runningRoster, type RosterFacts } from './rosters.js';
import { Roster } from './tables.js';

/** `changed`: what the preview depended on is different now; it was computed anew. `busy`: another import is running. */
export type ConfirmedRoster = 'confirmed' | 'changed' | 'busy' | 'nothing' | 'gone';

const CONFIRM = sql`update ${Roster} set state = 'confirmed', confirmed_by = $1, confirmed_at = $2
  where id = $3 and state = 'previewed' and inputs_hash = $4 and removed_at is null returning id`;

/**
 * Confirm a roster as it was previewed; `seen` is the hash of the preview that was looked at. Where the file, the choices, the people or the units are
 * no longer those of that preview, it is computed again, and nothing else happens.
 */
export async function confirmRoster(
  roster: RosterFacts,
  seen: string,
  { actorId, ...by }: Previewing & { readonly actorId: string },
): Promise<ConfirmedRoster> {
  const { chosen, preview, state } = roster;
  if (state !== 'previewed' || !chosen || !preview || roster.removedAt !== null) return 'gone';
  if (await runningRoster(roster.organisationId)) return 'busy';
  const { counts } = preview;
  if (counts.add + counts.move + counts.change + counts.leave === 0) return 'nothing';
  const known = await knownHash(by.organisation.id, dayOf(by.now, by.organisation.timeZone));
  const hash = inputsHash(roster, chosen, known);
  if (hash !== roster.inputsHash) {
    await previewRoster(roster, chosen, by);
    return 'changed';
  }
  return seen === hash ? begin(roster, hash, { actorId, now: by.now }) : 'changed';
}

/** Of two rosters that are confirmed at once the second is told so. */
const begin = (
  { id, organisationId }: RosterFacts,
  hash: string,
  { actorId, now }: { actorId: string; now: number },
): Promise<ConfirmedRoster> =>
  inTransaction(async () => {
    await holdOrganisation(organisationId);
    if (await runningRoster(organisationId)) return 'busy';
    if ((await rows(CONFIRM, [actorId, now, id, hash])).length === 0) return 'changed';
    await record('roster.confirmed', { rosterId: id }, { actorId, organisationId, now });
    return 'confirmed';
  });
