import { User } from '../../../people/accounts/tables.js';
import { courseVersion } from '../../courses/catalogue.js';
import { insertOnce, listed, row, rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { dayOf } from '../../../platform/lib/days.js';
import { newId } from '../../../platform/lib/ids.js';
import { Membership, Organisation } from '../../../people/organisations/tables.js';
import { Cycle } from '../tables.js';
import { Credit, CreditVoid } from './tables.js';
import { liftVoid } from './voids.js';

/** A cycle that was completed, and when (epoch ms); `timeZone`: of its organisation. */
interface CompletedCycle {
  readonly id: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly courseVersionId: string;
  readonly completedAt: number;
  readonly timeZone: string;
}

/**
 * The member whom an account ($8) belongs to, and with the id $9 the one in whose favour that membership was closed or, where it only
 * changed its login, who has it since the account was merged: one cycle has one credit for each.
 */
const CREDIT = sql`insert into ${Credit}
  (id, organisation_id, membership_id, course_slug, version, completed_on, source, source_id, recorded_at)
  select case when m.user_id = $8 then cast($1 as varchar(36)) else $9 end, m.organisation_id, m.id, $2, $3, $4, 'cycle', $5, $6
  from ${Membership} m where m.organisation_id = $7 and (m.user_id = $8 or m.user_id = (select u.merged_into from ${User} u where u.id = $8) or m.id in
    (select k.merged_into from ${Membership} k where k.organisation_id = $7 and k.user_id = $8))
  on conflict (source, source_id, membership_id, course_slug) do nothing
  returning ${columns(Credit, Credit.table, 'id', 'membershipId')}`;

/**
 * Credit a person with a cycle that they completed, on its day in the organisation's zone. A cycle that was reopened and is
 * complete again keeps its credit, which then has always covered. Twice is once. Joins the transaction that completes the
 * cycle.
 */
export async function creditCycle(cycle: CompletedCycle, now: number): Promise<void> {
  const { id: cycleId, organisationId, userId, completedAt, timeZone } = cycle;
  const { slug, number } = await courseVersion(cycle.courseVersionId);
  const said = [slug, number, dayOf(completedAt, timeZone), cycleId, now, organisationId, userId];
  const credits = await rows(CREDIT, [newId(), ...said, newId()]);
  if (credits.length === 0) return liftVoid({ cycleId, because: 'reopened' }, { actorId: null, now });
  for (const { id: creditId, membershipId } of credits)
    await record('credit.recorded', { creditId, membershipId }, { actorId: null, organisationId, now });
}

/** A completion outside our courses: a classroom session, or a certificate from elsewhere. `lastDay` null: it counts for good. */
export type OtherCompletion = Pick<
  CreditRow,
  'organisationId' | 'membershipId' | 'courseSlug' | 'version' | 'completedOn' | 'lastDay' | 'sourceId'
> & { readonly source: 'session' | 'elsewhere' };

const OF_SOURCE = sql`select ${columns(Credit, 'c', 'id')} from ${Credit} c
  where c.source = $1 and c.source_id = $2 and c.membership_id = $3 and c.course_slug = $4`;

/**
 * Credit somebody with what they completed otherwise. One that was taken back counts again, and has then always counted; its days
 * stay as they were. Twice is once. Joins the transaction.
 */
export async function creditMember(
  completion: OtherCompletion,
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  const { source, sourceId, membershipId, courseSlug, organisationId } = completion;
  const id = newId();
  if (await insertOnce(Credit, { ...completion, id, recordedAt: now, actorId }))
    return record('credit.recorded', { creditId: id, membershipId }, { actorId, organisationId, now });
  const known = await row(OF_SOURCE, [source, sourceId, membershipId, courseSlug]);
  if (known) await liftVoid({ creditId: known.id, because: 'undone' }, { actorId, now });
}

/** Cycles credited in one transaction. */
const BATCH = 200;

const UNCREDITED = sql`select ${columns(Cycle, 'c', 'id', 'organisationId', 'userId', 'courseVersionId', 'completedAt')},
    ${columns(Organisation, 'o', 'timeZone')}
  from ${Cycle} c join ${Organisation} o on o.id = c.organisation_id
  where c.completed_at is not null and not c.is_credited order by c.completed_at, c.id limit ${BATCH}`;

/**
 * Credit the cycles that were completed before there were credits. Costs as much as there are of those: nothing once all
 * are credited.
 */
export async function creditUncredited(now: number): Promise<void> {
  for (let count = BATCH; count === BATCH;)
    count = await inTransaction(async () => {
      const cycles = await rows(UNCREDITED);
      for (const { completedAt, ...cycle } of cycles)
        await creditCycle({ ...cycle, completedAt: Number(completedAt) }, now);
      await markCredited(cycles.map(({ id }) => id));
      return cycles.length;
    });
}

const markCredited = async (ids: readonly string[]): Promise<void> => {
  if (ids.length > 0)
    await rows(sql`update ${Cycle} set is_credited = true where id in (${parameters(ids.length)})`, ids);
};

/** A credit as it is read. */
export type CreditRow = Readonly<Row<typeof Credit>>;

const CREDITS = sql`select ${columns(
  Credit,
  'c',
  'id',
  'organisationId',
  'membershipId',
  'courseSlug',
  'version',
  'completedOn',
  'lastDay',
  'source',
  'sourceId',
  'recordedAt',
  'actorId',
)}`;

const OF_MEMBERS = sql`${CREDITS} from ${Credit} c`;

/** The credits of these memberships, of every source, in the order of their days. */
export const creditsOf = (membershipIds: readonly string[]): Promise<CreditRow[]> =>
  membershipIds.length === 0
    ? Promise.resolve([])
    : rows(
        sql`${OF_MEMBERS} where c.membership_id in (${parameters(membershipIds.length)})
            order by c.completed_on, c.recorded_at, c.id`,
        membershipIds,
      );

const OTHERWISE = sql`(c.source <> 'cycle' or not exists (select 1 from ${Membership} o join ${Cycle} y on y.user_id = o.user_id
      where o.id = c.membership_id and y.id = c.source_id))
    and not exists (select 1 from ${CreditVoid} v where v.credit_id = c.id and v.retired_at is null)
  order by c.completed_on, c.recorded_at, c.id`;

/** Somebody who takes a course in an organisation. */
interface Taker {
  readonly organisationId: string;
  readonly userId: string;
  readonly courseSlug: string;
}

/** From the people, which a `cross join` says to SQLite, to their credits. */
const fromElsewhere = () => sql`${CREDITS}, ${columns(Membership, 'm', 'userId')}
  from ${listed(1)} as l cross join ${Membership} m cross join ${Credit} c
  where m.organisation_id = l.value ->> 0 and m.user_id = l.value ->> 1 and c.membership_id = m.id
    and c.course_slug = l.value ->> 2 and ${OTHERWISE}`;

/**
 * What these people completed of their course otherwise than in their own cycles (with an account that was merged into theirs, too), and
 * what still counts of it, in the order of its days.
 */
export const creditsFromElsewhere = (
  takers: readonly Taker[],
): Promise<(CreditRow & { userId: string | null })[]> =>
  rows(fromElsewhere(), [
    JSON.stringify(takers.map(each => [each.organisationId, each.userId, each.courseSlug])),
  ]);

/** The same of a member, who may have no account. */
export const otherCreditsOf = (membershipId: string, courseSlug: string): Promise<CreditRow[]> =>
  rows(sql`${OF_MEMBERS} where c.membership_id = $2 and c.course_slug = $1 and ${OTHERWISE}`, [
    courseSlug,
    membershipId,
  ]);
