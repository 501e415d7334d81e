import { row, rows } from '../../platform/db/rows.js';
import { columns, orNull, sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { chunks } from '../../platform/lib/lists/chunks.js';
import { dayOf } from '../../platform/lib/days.js';
import { holdOrganisation } from './hold-organisation.js';
import { readMembers, type Zoned } from './people/stored-members.js';
import { writeMembers } from './people/write-members.js';
import { MembershipFact, Organisation, OrganisationDay, Placement, UnitFact } from './tables.js';
import { unitSpans } from './units/stored-units.js';
import { refreshUnits } from './units/unit-views.js';

/** How many memberships are brought up to date in one transaction. */
const BATCH = 500;

/**
 * Bring today's views up to date in each organisation whose day has turned: what begins or ends since the day that they were
 * last brought up to. Costs as much as there is of that. Where it is broken off, the next run does the rest.
 */
export async function turnDays(now: number): Promise<void> {
  for (const { day, ...organisation } of await rows(DAYS)) {
    const turn = { after: day ?? '', today: dayOf(now, organisation.timeZone) };
    if (turn.after < turn.today) await turnDay(organisation, turn, now);
  }
}

const DAYS = sql`select ${columns(Organisation, 'o', 'id', 'timeZone')}, ${orNull(columns(OrganisationDay, 'd', 'day'))}
  from ${Organisation} o left join ${OrganisationDay} d on d.organisation_id = o.id order by o.id`;

/** From the day after `after` up to today, both in the organisation's zone. */
interface Turn {
  readonly after: string;
  readonly today: string;
}

async function turnDay(organisation: Zoned, { after, today }: Turn, now: number): Promise<void> {
  const { id } = organisation;
  if (await row(UNITS_DUE, [id, after, today])) await turnUnits(id, today);
  const due = await rows(MEMBERS_DUE, [id, after, today]);
  const ids = due.map(({ membershipId }) => membershipId);
  for (const part of chunks(ids, BATCH)) await turnMembers(organisation, part, now);
  await inTransaction(() => rows(TURNED, [id, today]));
}

const TURNED = sql`insert into ${OrganisationDay} (organisation_id, day) values ($1, $2)
  on conflict (organisation_id) do update set day = $2`;

/** Two ranges, each found by its index. $1: the organisation; $2 and $3: the turn. */
const BEGINS = sql`organisation_id = $1 and retired_at is null and from_day > $2 and from_day <= $3`;
const ENDS = sql`organisation_id = $1 and retired_at is null and to_day > $2 and to_day <= $3`;

const UNITS_DUE = sql`select ${columns(UnitFact, 'f', 'unitId')} from ${UnitFact} f where ${BEGINS}
  union select ${columns(UnitFact, 'f', 'unitId')} from ${UnitFact} f where ${ENDS} limit 1`;

const MEMBERS_DUE = sql`
  select ${columns(MembershipFact, 'f', 'membershipId')} from ${MembershipFact} f where ${BEGINS}
  union select ${columns(MembershipFact, 'f', 'membershipId')} from ${MembershipFact} f where ${ENDS}
  union select ${columns(Placement, 'p', 'membershipId')} from ${Placement} p where ${BEGINS}
  union select ${columns(Placement, 'p', 'membershipId')} from ${Placement} p where ${ENDS}`;

const turnUnits = (organisationId: string, today: string): Promise<void> =>
  inTransaction(async () => {
    await holdOrganisation(organisationId);
    await refreshUnits(organisationId, await unitSpans(organisationId), today);
  });

/** Nothing new is said of them: only the views follow. */
const turnMembers = (organisation: Zoned, ids: readonly string[], now: number): Promise<void> =>
  inTransaction(async () => {
    await holdOrganisation(organisation.id);
    const members = await readMembers(organisation, ids);
    const same = [...members.values()].map(before => ({ before, after: before }));
    await writeMembers(organisation, same, { actorId: null, now });
  });
