import { courseVersionAt } from '../../../teaching/courses/version-at.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { creditMember } from '../../../teaching/learning/credits/credits.js';
import { Credit } from '../../../teaching/learning/credits/tables.js';
import { voidCredit } from '../../../teaching/learning/credits/voids.js';
import { endOfDay } from '../../../platform/lib/days.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import { endOfCompletion } from '../lifecycle/end-of-completion.js';
import { elsewhereWithId } from './stored-elsewhere.js';
import { CertificateElsewhere, CourseEquivalent } from './tables.js';

/** In which organisation something is decided, by whom, and when (epoch ms). */
export interface DecidedBy {
  readonly organisation: { readonly id: string; readonly timeZone: string };
  readonly actorId: string;
  readonly now: number;
}

const COUNT = sql`update ${CertificateElsewhere} set state = 'counted', course_slug = $1, decided_by = $2, decided_at = $3
  where id = $4 and organisation_id = $5 and state = 'waiting' and (way = 'file' or entered_by <> $2) returning id`;

/**
 * Count a certificate as a completion of a course, with its own days; where it prints no end, it counts as long as ours would. Returns
 * false where it no longer waits, or where whoever entered it from paper would confirm it, too.
 */
export function countElsewhere(
  id: string,
  courseSlug: string,
  { organisation, actorId, now }: DecidedBy,
): Promise<boolean> {
  return inTransaction(async () => {
    await holdOrganisation(organisation.id);
    if (!(await row(COUNT, [courseSlug, actorId, now, id, organisation.id]))) return false;
    const found = await elsewhereWithId(id);
    if (!found) return false;
    const { membershipId, completedOn } = found;
    const moment = endOfDay(completedOn, organisation.timeZone) ?? now;
    const asOurs = {
      membershipId,
      courseSlug,
      completedOn,
      version: await courseVersionAt(courseSlug, moment),
    };
    const lastDay = found.lastDay ?? (await endOfCompletion(asOurs, organisation.timeZone));
    const of = { organisationId: organisation.id, membershipId, courseSlug, completedOn };
    await creditMember(
      { ...of, version: null, lastDay, source: 'elsewhere', sourceId: id },
      { actorId, now },
    );
    const news = { elsewhereId: id, membershipId, courseSlug };
    await record('elsewhere.counted', news, { organisationId: organisation.id, actorId, now });
    return true;
  });
}

const REMEMBER = sql`insert into ${CourseEquivalent} (organisation_id, issuer, achievement, course_slug, decided_by, decided_at)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (organisation_id, issuer, achievement) do update set course_slug = $4, decided_by = $5, decided_at = $6`;

/** As `countElsewhere`, and remember it for what the same issuer signs of the same achievement. */
export function decideCourse(id: string, courseSlug: string, by: DecidedBy): Promise<boolean> {
  return inTransaction(async () => {
    if (!(await countElsewhere(id, courseSlug, by))) return false;
    const found = await elsewhereWithId(id);
    if (found?.way === 'file') {
      const of = [by.organisation.id, found.issuer, found.achievement];
      await rows(REMEMBER, [...of, courseSlug, by.actorId, by.now]);
    }
    return true;
  });
}

const REFUSE = sql`update ${CertificateElsewhere} set state = 'refused', reason = $1, decided_by = $2, decided_at = $3
  where id = $4 and organisation_id = $5 and state = 'waiting'
  returning ${columns(CertificateElsewhere, CertificateElsewhere.table, 'membershipId')}`;

/** Say that a certificate does not count, and why. Returns whether it waited. */
export function refuseElsewhere(
  id: string,
  reason: string,
  { organisation, actorId, now }: DecidedBy,
): Promise<boolean> {
  return inTransaction(async () => {
    await holdOrganisation(organisation.id);
    const refused = await row(REFUSE, [reason, actorId, now, id, organisation.id]);
    if (!refused) return false;
    const news = { elsewhereId: id, membershipId: refused.membershipId };
    await record('elsewhere.refused', news, { organisationId: organisation.id, actorId, now });
    return true;
  });
}

/** How a certificate that counts ends: its issuer ended it from a day on, or (null) it should never have been counted. */
export interface Ending {
  readonly endedOn: string | null;
  readonly reason: string;
}

const END = sql`update ${CertificateElsewhere} set state = $1, ended_on = $2, reason = $3, ended_by = $4
  where id = $5 and organisation_id = $6 and state = 'counted'
  returning ${columns(CertificateElsewhere, CertificateElsewhere.table, 'membershipId')}`;
const OWN_CREDIT = sql`select ${columns(Credit, 'c', 'id')} from ${Credit} c where c.source = 'elsewhere' and c.source_id = $1`;

/** End what a certificate counts for. Returns whether it counted. */
export function endElsewhere(
  id: string,
  { endedOn, reason }: Ending,
  { organisation, actorId, now }: DecidedBy,
): Promise<boolean> {
  return inTransaction(async () => {
    await holdOrganisation(organisation.id);
    const state = endedOn === null ? 'taken-back' : 'revoked';
    const ended = await row(END, [state, endedOn, reason, actorId, id, organisation.id]);
    if (!ended) return false;
    const { membershipId } = ended;
    for (const { id: creditId } of await rows(OWN_CREDIT, [id]))
      await (endedOn === null
        ? voidCredit({ creditId, because: 'undone' }, { actorId, now })
        : voidCredit({ creditId, because: 'revoked-elsewhere', fromDay: endedOn }, { actorId, now }));
    const by = { organisationId: organisation.id, actorId, now };
    if (endedOn === null) await record('elsewhere.taken-back', { elsewhereId: id, membershipId }, by);
    else await record('elsewhere.revoked', { elsewhereId: id, membershipId, endedOn }, by);
    return true;
  });
}
