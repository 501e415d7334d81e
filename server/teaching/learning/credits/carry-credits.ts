import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { Cycle } from '../tables.js';
import { creditsOf, type CreditRow } from './credits.js';
import { Credit, CreditVoid } from './tables.js';
import { liftVoid, voidCredit, voidsOf, type VoidRow } from './voids.js';

interface By {
  readonly actorId: string | null;
  readonly now: number;
}

/**
 * Credit a membership with everything for which another one of the same person is credited: each new credit names the old
 * source, so that a ruling on it reaches both, and does not cover where the old one does not. Nothing of the old is changed.
 * Returns the ids of the credits that were given. Joins the transaction of the merge.
 */
export async function carryCredits(fromId: string, toId: string, by: By): Promise<string[]> {
  const given: string[] = [];
  const credits = await creditsOf([fromId]);
  const voids = (await voidsOf(credits.map(({ id }) => id))).filter(({ retiredAt }) => retiredAt === null);
  for (const credit of credits) {
    const own = voids.filter(({ creditId }) => creditId === credit.id);
    const id = (await add(credit, toId, by)) ?? (await restore(credit, toId, by));
    if (id === null) continue;
    for (const each of own) await copyVoid(each, id, by);
    given.push(id);
  }
  return given;
}

const ADD = sql`insert into ${Credit}
  (id, organisation_id, membership_id, course_slug, version, completed_on, last_day, source, source_id, recorded_at, actor_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (source, source_id, membership_id, course_slug) do nothing
  returning ${columns(Credit, Credit.table, 'id')}`;

async function add(credit: CreditRow, membershipId: string, { actorId, now }: By): Promise<string | null> {
  const { organisationId, courseSlug, version, completedOn, lastDay, source, sourceId } = credit;
  const added = await row(ADD, [
    ...[newId(), organisationId, membershipId, courseSlug, version, completedOn, lastDay],
    ...[source, sourceId],
    ...[now, actorId],
  ]);
  if (!added) return null;
  const payload = { creditId: added.id, membershipId };
  await record('credit.recorded', payload, { actorId, organisationId, now });
  return added.id;
}

/** It was given once and taken back: then it has covered all the time. One that the person has anyhow stays as it is. */
const UNDONE = sql`select ${columns(Credit, 'c', 'id')} from ${Credit} c
  join ${CreditVoid} v on v.credit_id = c.id and v.because = 'undone' and v.retired_at is null
  where c.source = $1 and c.source_id = $2 and c.membership_id = $3 and c.course_slug = $4`;
const OTHERS = sql`update ${CreditVoid} set retired_at = $2 where credit_id = $1 and retired_at is null`;

async function restore(credit: CreditRow, membershipId: string, by: By): Promise<string | null> {
  const { source, sourceId, courseSlug } = credit;
  const found = await row(UNDONE, [source, sourceId, membershipId, courseSlug]);
  if (!found) return null;
  await liftVoid({ creditId: found.id, because: 'undone' }, by);
  await rows(OTHERS, [found.id, by.now]);
  return found.id;
}

const copyVoid = (
  { organisationId, because, fromDay, toDay }: VoidRow,
  creditId: string,
  { actorId, now }: By,
): Promise<void> =>
  insert(CreditVoid, {
    ...{ id: newId(), creditId, organisationId, because, fromDay, toDay },
    ...{ recordedAt: now, actorId },
  });

const LATER = sql`select ${columns(Credit, 'c', 'id')} from ${Credit} c join ${Cycle} y on y.id = c.source_id
  where c.source = 'cycle' and c.membership_id = $1 and y.user_id = $2`;

/** The credits that a membership was given for cycles of another account. */
export const creditedByAccount = async (membershipId: string, userId: string): Promise<string[]> =>
  (await rows(LATER, [membershipId, userId])).map(({ id }) => id);

/** These credits do not cover, and never did, until they are given again. Twice is once. Joins the transaction. */
export async function takeCreditsBack(ids: readonly string[], by: By): Promise<void> {
  for (const creditId of ids) await voidCredit({ creditId, because: 'undone' }, by);
}
