import { User } from '../../accounts/tables.js';
import { rows } from '../../db/rows.js';
import { columns, orNull, renamed, sql } from '../../db/sql.js';
import { AssignmentMark, Exemption, ExemptionNote, StandingInterval } from '../tables.js';

const BY = sql`${orNull(renamed(User, 'b', { actorName: 'name' }))}`;

const EXEMPTIONS = sql`select ${columns(Exemption, 'e', 'id', 'requirementId', 'kind', 'reason', 'fromDay', 'toDay', 'dueDay')},
    ${columns(Exemption, 'e', 'isSoleDecider', 'recordedAt', 'actorId')}, ${BY}, ${orNull(columns(ExemptionNote, 'n', 'note'))}
  from ${Exemption} e left join ${User} b on b.id = e.actor_id left join ${ExemptionNote} n on n.exemption_id = e.id
  where e.membership_id = $1 and e.organisation_id = $2 and e.retired_at is null order by e.from_day desc, e.id`;

const MARKS = sql`select ${columns(AssignmentMark, 'k', 'requirementId', 'mark', 'fromDay', 'toDay', 'recordedAt')}, ${BY}
  from ${AssignmentMark} k left join ${User} b on b.id = k.actor_id
  where k.membership_id = $1 and k.organisation_id = $2 and k.retired_at is null order by k.from_day desc, k.id`;

const STANDINGS = sql`select ${columns(StandingInterval, 's', 'requirementId', 'standing', 'dueDay')} from ${StandingInterval} s
  where s.membership_id = $1 and s.organisation_id = $2 and s.retired_at is null
    and s.from_day <= $3 and (s.to_day is null or s.to_day > $3)`;

/** What was decided about one person of an organisation by hand, and how they stand with each requirement today. */
export async function requirementsOfPerson(membershipId: string, organisationId: string, today: string) {
  const of = [membershipId, organisationId];
  return {
    exemptions: await rows(EXEMPTIONS, of),
    marks: await rows(MARKS, of),
    standings: await rows(STANDINGS, [...of, today]),
  };
}

/** Everything of the kind that `requirementsOfPerson` finds. */
export type DecidedOfPerson = Awaited<ReturnType<typeof requirementsOfPerson>>;
