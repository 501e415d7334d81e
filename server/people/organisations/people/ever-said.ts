import { User } from '../../accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { MembershipFact, Placement } from '../tables.js';
import type { SaidFact } from './taken-back.js';
import type { Employment } from './member-facts.js';

/** Where somebody works, and as what. */
interface SaidPlace {
  readonly unitId: string;
  readonly job: string | null;
  readonly isHome: boolean;
}

const BY = orNull(renamed(User, 'u', { actor: 'name' }));

const PLACES = sql`select ${columns(Placement, 'p', 'unitId', 'job', 'isHome', 'fromDay', 'toDay', 'recordedAt', 'retiredAt')}, ${BY}
  from ${Placement} p left join ${User} u on u.id = p.actor_id where p.membership_id = $1`;

/** Every placement that was ever recorded of a membership. */
export const placesEverSaid = async (membershipId: string): Promise<SaidFact<SaidPlace>[]> =>
  (await rows(PLACES, [membershipId])).map(({ unitId, job, isHome, ...said }) => ({
    ...said,
    value: { unitId, job, isHome: Boolean(isHome) },
  }));

const EMPLOYMENT = sql`select ${columns(MembershipFact, 'f', 'value', 'fromDay', 'toDay', 'recordedAt', 'retiredAt')}, ${BY}
  from ${MembershipFact} f left join ${User} u on u.id = f.actor_id where f.membership_id = $1 and f.kind = 'employment'`;

/** Every employment that was ever recorded of a membership. */
export const employmentEverSaid = async (membershipId: string): Promise<SaidFact<Employment>[]> =>
  (await rows(EMPLOYMENT, [membershipId])).map(({ value, ...said }) => ({
    ...said,
    value: value as Employment,
  }));
