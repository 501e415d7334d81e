import { User } from '../../accounts/tables.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { isId } from '../../../platform/lib/ids.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { Organisation, Unit } from '../tables.js';
import { CourseLink } from './tables.js';

const LINK = sql`select ${columns(
  CourseLink,
  'l',
  'id',
  'organisationId',
  'unitId',
  'courseSlug',
  'email',
  'name',
  'sentBy',
  'createdAt',
  'expiresAt',
  'sentAt',
  'outcome',
)}, ${renamed(Organisation, 'o', { organisation: 'name', timeZone: 'timeZone' })}, ${renamed(User, 'u', { by: 'name' })},
    ${orNull(renamed(Unit, 'n', { unit: 'name' }))}
  from ${CourseLink} l join ${Organisation} o on o.id = l.organisation_id join ${User} u on u.id = l.sent_by
    left join ${Unit} n on n.id = l.unit_id`;

/** A link with where it leads and who sent it. */
export type CourseLinkFacts = NonNullable<Awaited<ReturnType<typeof linkWithId>>>;

/** A link by its id, or null; a text that is no id is not looked for. */
export const linkWithId = async (id: unknown) => (isId(id) ? row(sql`${LINK} where l.id = $1`, [id]) : null);

/** The link that a mail holds, whether or not it still works; null: there is none. */
export const linkOf = (token: string): Promise<CourseLinkFacts | null> =>
  row(sql`${LINK} where l.token_hash = $1`, [sha256(token)]);

/**
 * The links of an organisation that were not replaced, newest first, after the one with the id `after`; of these units alone, where
 * `units` is not null.
 */
export const linksOf = (
  organisationId: string,
  { after, limit, units }: { after: string; limit: number; units: readonly string[] | null },
) =>
  rows(
    sql`${LINK} where l.organisation_id = $1 and (l.outcome is null or l.outcome <> 'replaced')
        and ($2 = '' or (l.created_at, l.id) < (select a.created_at, a.id from ${CourseLink} a where a.id = $2))
        ${units === null ? sql`` : sql`and l.unit_id in (${parameters(units.length, 3)})`}
        order by l.created_at desc, l.id desc limit ${limit}`,
    [organisationId, after, ...(units ?? [])],
  );

/** Whether a link still signs in. */
export const stillWorks = (
  { outcome, expiresAt }: Pick<CourseLinkFacts, 'outcome' | 'expiresAt'>,
  now: number,
) => outcome === null && expiresAt > now;

/** A link as its mail needs it; null where it does not work any more, or its mail was sent. */
export async function linkToMail(id: string, now: number): Promise<CourseLinkFacts | null> {
  const link = await linkWithId(id);
  return link && stillWorks(link, now) && link.sentAt === null ? link : null;
}

/** Store that the mail of a link was sent. */
export const markLinkSent = (id: string, now: number): Promise<unknown> =>
  inTransaction(() => rows(sql`update ${CourseLink} set sent_at = $2 where id = $1`, [id, now]));
