import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql, unionAll } from '../../../platform/db/sql.js';
import { Credit } from '../../../teaching/learning/credits/tables.js';
import { MembershipFact, Placement } from '../../../people/organisations/tables.js';

const BY = sql`${orNull(renamed(User, 'u', { actorName: 'name' }))}`;

const SAID = unionAll([
  sql`select ${columns(MembershipFact, 'f', 'recordedAt')}, ${BY} from ${MembershipFact} f
      join ${User} u on u.id = f.actor_id where f.membership_id = $1`,
  sql`select ${columns(Placement, 'p', 'recordedAt')}, ${BY} from ${Placement} p
      join ${User} u on u.id = p.actor_id where p.membership_id = $1`,
  sql`select ${columns(Credit, 'c', 'recordedAt')}, ${BY} from ${Credit} c
      join ${User} u on u.id = c.actor_id where c.membership_id = $1`,
]);

/** Who said what is known of a membership, by the moment (epoch ms) of saying it. What the program said has no entry. */
export async function whoSaid(membershipId: string): Promise<ReadonlyMap<number, string>> {
  const found = await rows(SAID, [membershipId]);
  return new Map(found.map(({ recordedAt, actorName }) => [Number(recordedAt), actorName ?? '']));
}
