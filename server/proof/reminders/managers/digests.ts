import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { daysAfter } from '../../../platform/lib/days.js';
import { newId } from '../../../platform/lib/ids.js';
import { managingIn } from '../../../people/organisations/grants/nearest-managers.js';
import { wantsMail } from '../../../people/organisations/mail-choices.js';
import { digestCounts } from './digest-counts.js';
import { DutyDigest } from './tables.js';

/** The Monday of the week of a day like "2026-11-24". */
export const mondayOf = (day: string): string => daysAfter(day, -((new Date(day).getUTCDay() + 6) % 7));

/**
 * Whom the summary of the week of `day` is still to be announced to: who has managed people since its Monday. A role that begins
 * later in the week brings its first summary on the next Monday, as the page of reminders says.
 */
export async function digestsToCome(organisationId: string, day: string): Promise<string[]> {
  const week = mondayOf(day);
  const done = new Set((await rows(OF_WEEK, [organisationId, week])).map(({ userId }) => userId));
  const since = new Set(await managingIn(organisationId, week));
  return (await managingIn(organisationId, day)).filter(userId => since.has(userId) && !done.has(userId));
}

/**
 * Announce the summary of a week to everybody who manages people of an organisation and did not turn it off, where there is
 * something to say; on the first day of the week that is gone through, and once.
 */
export async function announceDigests(
  organisationId: string,
  { day, now }: { readonly day: string; readonly now: number },
): Promise<void> {
  const week = mondayOf(day);
  for (const userId of await digestsToCome(organisationId, day)) {
    const to = { userId, organisationId };
    const isWanted = (await wantsMail('digests', to)) && (await digestCounts(to, { day, now })) !== null;
    await inTransaction(async () => {
      const digest = { id: newId(), ...to, day: week, recordedAt: now };
      if (!(await insertOnce(DutyDigest, digest)) || !isWanted) return;
      const payload = { digestId: digest.id, userId };
      await record('digest.due', payload, { actorId: null, organisationId, now });
    });
  }
}

const OF_WEEK = sql`select ${columns(DutyDigest, 'd', 'userId')} from ${DutyDigest} d
  where d.organisation_id = $1 and d.day = $2`;

const ONE = sql`select ${columns(DutyDigest, 'd', 'userId', 'organisationId', 'day')} from ${DutyDigest} d where d.id = $1`;

/** Whom a summary is for, and of which week; null: there is none with this id. */
export const findDigest = (id: string | null) => (id === null ? Promise.resolve(null) : row(ONE, [id]));

const NEWER = sql`select ${columns(DutyDigest, 'd', 'id')} from ${DutyDigest} d
  where d.organisation_id = $1 and d.user_id = $2 and d.day > $3`;

/** A summary as it is to be mailed now; null: a newer one has taken its place, it is not wanted, or there is nothing to say any more. */
export async function digestToMail(id: string, { day, now }: { readonly day: string; readonly now: number }) {
  const digest = await findDigest(id);
  if (!digest || !(await wantsMail('digests', digest))) return null;
  if (await row(NEWER, [digest.organisationId, digest.userId, digest.day])) return null;
  return digestCounts(digest, { day, now });
}
