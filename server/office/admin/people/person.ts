import { User } from '../../../people/accounts/tables.js';
import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, parameters, renamed, sql, type Sql } from '../../../platform/db/sql.js';
import { id, text } from '../../../platform/db/table.js';
import { Cycle } from '../../../teaching/learning/tables.js';
import { isId } from '../../../platform/lib/ids.js';

/** The columns of a person as administrators see one; `u` is the table. */
export const PERSON = sql`${columns(User, 'u', 'id', 'name', 'email', 'createdAt', 'isAdministrator', 'disabledAt', 'mergedInto')},
  ${renamed(User, 'u', { confirmedAt: 'emailConfirmedAt' })}`;

type RowIn<S> = S extends Sql<infer R> ? R : never;

/** A person as administrators see one. */
export type PersonRow = Readonly<RowIn<typeof PERSON>>;

const BY_ID = sql`select ${PERSON} from ${User} u where u.id = $1`;

/** One person by id, or null; a text that is no id is not looked for. */
export const personById = async (id: unknown): Promise<PersonRow | null> =>
  isId(id) ? row(BY_ID, [id]) : null;

/** The people with these ids, and those whose cycles have these ids: each by the id that was given. */
export async function peopleBehind(
  ids: readonly string[],
): Promise<Map<string, { id: string; name: string }>> {
  if (ids.length === 0) return new Map();
  const places = parameters(ids.length);
  const found = await rows(
    sql`select id ${as('key', id())}, id ${as('id', id())}, name ${as('name', text())}
        from ${User} where id in (${places})
        union all select c.id, u.id, u.name
        from ${Cycle} c join ${User} u on u.id = c.user_id where c.id in (${places})`,
    ids,
  );
  return new Map(found.map(({ key, ...person }) => [key, person]));
}
