import { row, rows } from '../db/rows.js';
import { isId } from '../lib/ids.js';

/** The figures of the first page: the rows that each counts. An index holds just these rows. */
const FIGURES = {
  people: 'users where email_confirmed_at is not null',
  learning: 'cycles where completed_at is null',
  completed: 'cycles where completed_at is not null',
  certificates: 'certificates where issued_at is not null',
};
type Figure = keyof typeof FIGURES;

/** Counting stops here, so that the page costs the same however many learners there are. */
export const COUNTED = 10_000;

/** Counts the rows of each figure, but no more than $1. */
export const COUNT = `select ${Object.entries(FIGURES)
  .map(
    ([name, found]) => `(select count(*) from (select 1 as one from ${found} limit $1) counted) as ${name}`,
  )
  .join(', ')}`;

/** The figures of the first page; `null` where there are more than `most`. */
export async function counts(most = COUNTED): Promise<Record<Figure, number | null>> {
  const found = await row<Record<Figure, number>>(COUNT, [most + 1]);
  const upTo = (name: Figure) => (Number(found?.[name]) > most ? null : Number(found?.[name]));
  return {
    people: upTo('people'),
    learning: upTo('learning'),
    completed: upTo('completed'),
    certificates: upTo('certificates'),
  };
}

/** A person as administrators see them. */
export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAt: number;
  readonly isAdministrator: boolean | number;
  readonly disabledAt: number | null;
  readonly confirmedAt: number | null;
}

/** The columns of a person; `u` is the table. */
export const PERSON = `u.id, u.name, u.email, u.created_at as "createdAt", u.is_administrator as "isAdministrator",
  u.disabled_at as "disabledAt", u.email_confirmed_at as "confirmedAt"`;

/**
 * The ids of the certificates of an organisation that are signed and that no other took the place of, the newest first;
 * at most `limit`, those that follow `after` when given.
 */
export async function certificatesIn(
  organisationId: string,
  { limit, after }: { limit: number; after: string | null },
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    `select id from certificates where organisation_id = $1 and issued_at is not null and superseded_at is null
       ${after ? 'and (awarded_at, id) < (select awarded_at, id from certificates where id = $3)' : ''}
     order by awarded_at desc, id desc limit $2`,
    after ? [organisationId, limit, after] : [organisationId, limit],
  );
  return found.map(({ id }) => id);
}

/** One person by id, or null; a text that is no id is not looked for. */
export const personById = async (id: unknown): Promise<PersonRow | null> =>
  isId(id) ? row<PersonRow>(`select ${PERSON} from users u where u.id = $1`, [id]) : null;

/** The people with these ids, and those whose cycles have them: by the id that was asked for. */
export async function peopleBehind(
  ids: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  const places = ids.map((_, index) => `$${index + 1}`).join(', ') || 'null';
  const found = await rows<{ key: string; id: string; name: string }>(
    `select id as key, id, name from users where id in (${places})
     union all select c.id, u.id, u.name from cycles c join users u on u.id = c.user_id where c.id in (${places})`,
    ids,
  );
  return new Map(found.map(({ key, id, name }) => [key, { id, name }]));
}

/** What was done to a certificate, newest first. */
export interface CertificateHistory {
  readonly what: 'awarded' | 'issued' | 'suspended' | 'superseded' | 'revoked';
  readonly at: number;
  readonly who: string | null;
  readonly reason: string | null;
  readonly note: string | null;
}

/**
 * From the state rows, not from the log: it costs the same however much else has happened. What has the same time stands
 * in the order in which it can only have happened.
 */
export const historyOf = (certificateId: string): Promise<CertificateHistory[]> =>
  rows<CertificateHistory>(
    `select what, at, who, reason, note from (
     select 1 as step, 'awarded' as what, created_at as at, null as who, null as reason, null as note
       from certificates where id = $1
     union all select 2, 'issued', issued_at, null, null, null
       from certificates where id = $1 and issued_at is not null
     union all select 5, 'revoked', r.revoked_at, u.name, r.reason, r.note
       from revocations r left join users u on u.id = r.actor_id where r.certificate_id = $1
     union all select 3, 'suspended', s.suspended_at, u.name, s.reason, s.note
       from suspensions s left join users u on u.id = s.actor_id where s.certificate_id = $1
     union all select 4, 'superseded', s.superseded_at, u.name, s.reason, s.note
       from supersessions s left join users u on u.id = s.actor_id where s.certificate_id = $1
     ) history order by at desc, step desc`,
    [certificateId],
  );
