import { User } from '../../../people/accounts/tables.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import { ChangedMembership } from '../../../people/organisations/tables.js';
import { isOn } from '../../../platform/lib/dated.js';
import type { Standing } from '../standings.js';
import {
  AssignmentMark,
  Exemption,
  ExemptionNote,
  ReckoningMember,
  ReckoningRequirement,
  StandingInterval,
} from '../tables.js';

const BY = sql`${orNull(renamed(User, 'b', { actorName: 'name' }))}`;

const EXEMPTIONS = sql`select ${columns(Exemption, 'e', 'id', 'requirementId', 'kind', 'reason', 'fromDay', 'toDay', 'dueDay')},
    ${columns(Exemption, 'e', 'isSoleDecider', 'recordedAt', 'actorId')}, ${BY}, ${orNull(columns(ExemptionNote, 'n', 'note'))}
  from ${Exemption} e left join ${User} b on b.id = e.actor_id left join ${ExemptionNote} n on n.exemption_id = e.id
  where e.membership_id = $1 and e.organisation_id = $2 and e.retired_at is null order by e.from_day desc, e.id`;

const MARKS = sql`select ${columns(AssignmentMark, 'k', 'requirementId', 'mark', 'fromDay', 'toDay', 'recordedAt')}, ${BY}
  from ${AssignmentMark} k left join ${User} b on b.id = k.actor_id
  where k.membership_id = $1 and k.organisation_id = $2 and k.retired_at is null order by k.from_day desc, k.id`;

const INTERVALS = sql`select ${columns(StandingInterval, 's', 'requirementId', 'standing', 'dueDay', 'fromDay', 'toDay')}
  from ${StandingInterval} s where s.membership_id = $1 and s.organisation_id = $2 and s.retired_at is null
  order by s.from_day`;

/** What is still to be reckoned for this person: all requirements where they are noted themselves. */
const PENDING = sql`select ${columns(ReckoningRequirement, 'q', 'requirementId')} from ${ReckoningRequirement} q
  where q.organisation_id = $1`;
const PENDING_PERSON = sql`select ${columns(ReckoningMember, 'r', 'membershipId')} from ${ReckoningMember} r where r.membership_id = $1
  union select ${columns(ChangedMembership, 'c', 'membershipId')} from ${ChangedMembership} c where c.membership_id = $1`;

/** What was decided about one person of an organisation by hand. */
export async function requirementsOfPerson(membershipId: string, organisationId: string) {
  const of = [membershipId, organisationId];
  return { exemptions: await rows(EXEMPTIONS, of), marks: await rows(MARKS, of) };
}

/** How one person of an organisation stands with each requirement, and what is still to be reckoned for them. */
export async function standingsOfPerson(membershipId: string, organisationId: string) {
  const of = [membershipId, organisationId];
  return {
    intervals: await rows(INTERVALS, of),
    isPending: (await rows(PENDING_PERSON, [membershipId])).length > 0,
    pending: (await rows(PENDING, [organisationId])).map(({ requirementId }) => requirementId),
  };
}

/** Everything of the kind that `requirementsOfPerson` finds. */
export type DecidedOfPerson = Awaited<ReturnType<typeof requirementsOfPerson>>;

/** The same of `standingsOfPerson`. */
export type StandingsOfPerson = Awaited<ReturnType<typeof standingsOfPerson>>;

/** How somebody stands with a requirement today. `since`: from which day on without a break. */
export interface StandingToday {
  readonly standing: Standing;
  readonly dueDay: string | null;
  readonly since: string;
}

/**
 * Whether a requirement means somebody, today or on a day that is known already, and how they stand; `pending`: nobody can say yet,
 * since it is still to be reckoned.
 */
export function meantBy(
  requirementId: string,
  { intervals, isPending, pending }: StandingsOfPerson,
  today: string,
): { readonly means: 'yes' | 'no' | 'pending'; readonly stands: StandingToday | null } {
  const own = intervals.filter(each => each.requirementId === requirementId);
  const at = own.findIndex(each => isOn(each, today));
  const now = own[at];
  const isAhead = own.some(
    ({ standing, toDay }) => standing !== 'not-required' && (toDay === null || toDay > today),
  );
  const isReckoned = !isPending && !pending.includes(requirementId);
  return {
    means: isAhead ? 'yes' : isReckoned ? 'no' : 'pending',
    stands: now ? { standing: now.standing, dueDay: now.dueDay, since: sinceWhen(own, at) } : null,
  };
}

/** From which day the standing of one interval lasts: of others before it that are the same and end where the next begins, the first. */
function sinceWhen(own: StandingsOfPerson['intervals'], at: number): string {
  let first = own[at];
  for (const before of own.slice(0, at).reverse()) {
    if (before.standing !== first?.standing || before.toDay !== first.fromDay) break;
    first = before;
  }
  return first?.fromDay ?? '';
}
