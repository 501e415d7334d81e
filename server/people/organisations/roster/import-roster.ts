import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { lookAgain } from '../../../platform/db/look-again.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import type { EventPayloads } from '../../../platform/events/event-payloads.js';
import { eventOf } from '../../../platform/events/jobs/job-events.js';
import { record } from '../../../platform/events/record.js';
import { holdOrganisation } from '../hold-organisation.js';
import { findOrganisation, type OrganisationFacts } from '../memberships.js';
import { importPart, openMissingUnits } from './import-part.js';
import { countParts, readPart, writePart } from './roster-parts.js';
import { rosterById, type RosterFacts, type VerdictCounts } from './rosters.js';
import type { StoredVerdict } from './stored-verdicts.js';
import { ROW_VERDICTS } from './preview/summary.js';
import { Membership, MembershipFact, MembershipPerson, Placement } from '../tables.js';
import { Roster } from './tables.js';

/**
 * Carry out a confirmed roster, part by part, each in a transaction of its own that also says that the part is done: where
 * the process dies, the retry goes on with the next part, and no row is imported twice. One that is done is left alone.
 */
export async function importRoster(rosterId: string, clock: () => number): Promise<void> {
  const roster = await rosterById(rosterId);
  const organisation = await findOrganisation(roster.organisationId);
  if (roster.state !== 'confirmed' || !organisation) return;
  const parts = await countParts(rosterId);
  for (let number = roster.partsDone; number < parts; number += 1)
    await importNext(roster, organisation, { number, now: clock() });
  await finish(roster, clock());
  if (roster.rowCount >= MANY) await lookAgain([Membership, MembershipPerson, Placement, MembershipFact]);
}

/** Rows of a list that change how the tables of people are best read. */
const MANY = 1_000;

async function importNext(
  roster: RosterFacts,
  organisation: OrganisationFacts,
  { number, now }: { number: number; now: number },
): Promise<void> {
  const part = await readPart(roster.id, number);
  if (!part) throw new Error(`Part ${number} of a roster is missing`);
  const importing = { roster, organisation, actorId: roster.confirmedBy, now };
  await openMissingUnits(part, importing);
  await inTransaction(async () => {
    await holdOrganisation(organisation.id);
    if (!(await claim(roster.id, number))) return;
    const verdicts = await importPart(part, importing);
    await writePart(roster.id, number, verdicts);
    await count(roster.id, verdicts);
  });
}

const CLAIM = sql`update ${Roster} set parts_done = $2 + 1 where id = $1 and parts_done = $2 and state = 'confirmed'
  returning id`;

/** Of two processes that import the same part one does. */
const claim = async (rosterId: string, number: number): Promise<boolean> =>
  (await rows(CLAIM, [rosterId, number])).length > 0;

/** Add up what came of the rows, as far as they are imported. */
async function count(rosterId: string, verdicts: readonly StoredVerdict[]): Promise<void> {
  const { counts } = await rosterById(rosterId);
  const next = Object.fromEntries(
    ROW_VERDICTS.map(kind => [
      kind,
      (counts?.[kind] ?? 0) + verdicts.filter(each => each.kind === kind).length,
    ]),
  );
  await rows(sql`update ${Roster} set counts = $2 where id = $1`, [rosterId, JSON.stringify(next)]);
}

const NOTHING = { add: 0, move: 0, change: 0, leave: 0, fault: 0 };

const FINISH = sql`update ${Roster} set state = 'done', finished_at = $2 where id = $1 and state = 'confirmed'
  returning ${columns(Roster, Roster.table, 'counts')}`;

const finish = ({ id, organisationId, confirmedBy }: RosterFacts, now: number): Promise<void> =>
  inTransaction(async () => {
    const [finished] = await rows(FINISH, [id, now]);
    if (!finished) return;
    const { add, move, change, leave, fault } = {
      ...NOTHING,
      ...(JSON.parse(finished.counts ?? '{}') as Partial<VerdictCounts>),
    };
    const news = { rosterId: id, imported: add + move + change + leave, refused: fault };
    await record('roster.finished', news, { actorId: confirmedBy, organisationId, now });
  });

/**
 * An administrator gave up the job that imports a roster: it ends with the parts that are done, so that other lists of the
 * organisation wait for it no longer. Does nothing for any other job.
 */
export async function endGivenUp(
  { jobId, reaction }: EventPayloads['job.given-up'],
  now: number,
): Promise<void> {
  if (reaction !== 'rosters.import') return;
  const confirmed = await eventOf({ id: jobId });
  if (!confirmed || !('rosterId' in confirmed.payload)) return;
  await finish(await rosterById(confirmed.payload.rosterId), now);
}
