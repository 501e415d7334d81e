import { User } from '../../../../people/accounts/tables.js';
import type { Param } from '../../../../platform/db/lanes.js';
import { rows } from '../../../../platform/db/rows.js';
import { as, orNull, parameters, renamed, sql, unionAll, type Sql } from '../../../../platform/db/sql.js';
import { integer, moment, nullable, text } from '../../../../platform/db/table.js';
import { Certificate, Revocation, Supersession, Suspension } from '../../../certificates/tables.js';
import { Credit, CreditVoid } from '../../../../teaching/learning/credits/tables.js';
import { Cycle, Enrolment, PassWithdrawal } from '../../../../teaching/learning/tables.js';
import { Membership } from '../../../../people/organisations/tables.js';
import { Attempt, AttemptGrant } from '../../../../teaching/quizzes/tables.js';
import { AttemptRegrade, Regrade } from '../../../../teaching/quizzes/regrading/tables.js';
import { AssignmentMark, Exemption } from '../../../requirements/tables.js';
import { RoomPerson } from '../tables.js';

/** Somebody decided something about a person of a room, or took it back. Attempts that a regrade left as they were are no decision. */
export type DecisionKind =
  | 'revoked'
  | 'suspended'
  | 'replaced'
  | 'extra-attempt'
  | 'regraded'
  | 'pass-withdrawn'
  | 'credit-voided'
  | 'added-by-hand'
  | 'removed-by-hand'
  | 'waiver'
  | 'extension'
  | 'exemption-ended';

/** The facts that each kind of decision is read from: who, when, and why as a code of a closed list. */
interface Read {
  readonly kind: Sql;
  readonly reason: Sql;
  readonly at: Sql;
  readonly actor: Sql;
  readonly sole?: Sql;
  readonly from: Sql;
}

const decision = ({ kind, reason, at, actor, sole = sql`0`, from }: Read) => sql`select
    r.number ${as('number', integer())}, ${kind} ${as('kind', text<DecisionKind>())}, ${reason} ${as('reason', nullable(text()))},
    ${at} ${as('decidedAt', moment())}, ${actor} ${as('actorId', nullable(text()))}, ${sole} ${as('sole', integer())} ${from}`;

const IS_SOLE = sql`case when d.is_sole_decider then 1 else 0 end`;

/** What a statement is limited to: people of the room `r`, courses and requirements, each as a condition or a list. */
interface Limits {
  readonly person: Sql;
  readonly courses: Sql;
  readonly requirements: Sql;
}

const ofMember = (alias: Sql, { person }: Limits) =>
  sql`join ${RoomPerson} r on r.membership_id = ${alias}.membership_id and r.room_id = $1 ${person}`;

/** What hangs on a cycle is of whoever has its account in the organisation. */
const ofCycle = (cycle: Sql, { person, courses }: Limits) => sql`join ${Cycle} y on y.id = ${cycle}
  join ${Enrolment} e on e.id = y.enrolment_id and e.course_slug in (${courses})
  join ${Membership} m on m.organisation_id = y.organisation_id and m.user_id = y.user_id
  join ${RoomPerson} r on r.membership_id = m.id and r.room_id = $1 ${person}`;

const ofCertificates = (limits: Limits) =>
  (
    [
      [Revocation, sql`'revoked'`, sql`d.revoked_at`],
      [Suspension, sql`'suspended'`, sql`d.suspended_at`],
      [Supersession, sql`'replaced'`, sql`d.superseded_at`],
    ] as const
  ).map(([table, kind, at]) =>
    decision({
      ...{ kind, at, reason: sql`d.reason`, actor: sql`d.actor_id` },
      from: sql`from ${table} d join ${Certificate} c on c.id = d.certificate_id ${ofCycle(sql`c.cycle_id`, limits)}`,
    }),
  );

const ofQuizzes = (limits: Limits) => [
  decision({
    ...{ kind: sql`'extra-attempt'`, reason: sql`null`, at: sql`d.created_at`, actor: sql`d.actor_id` },
    from: sql`from ${AttemptGrant} d ${ofCycle(sql`d.cycle_id`, limits)}`,
  }),
  decision({
    ...{ kind: sql`'regraded'`, reason: sql`d.change`, at: sql`d.regraded_at`, actor: sql`g.confirmed_by` },
    from: sql`from ${AttemptRegrade} d join ${Regrade} g on g.id = d.regrade_id join ${Attempt} a on a.id = d.attempt_id
      ${ofCycle(sql`a.cycle_id`, limits)} where d.change <> 'kept'`,
  }),
  decision({
    ...{ kind: sql`'pass-withdrawn'`, reason: sql`null`, at: sql`d.withdrawn_at`, actor: sql`d.actor_id` },
    from: sql`from ${PassWithdrawal} d ${ofCycle(sql`d.cycle_id`, limits)}`,
  }),
];

const ofDuties = (limits: Limits) => [
  decision({
    ...{ kind: sql`'credit-voided'`, reason: sql`d.because`, at: sql`d.recorded_at`, actor: sql`d.actor_id` },
    from: sql`from ${CreditVoid} d join ${Credit} k on k.id = d.credit_id and k.course_slug in (${limits.courses})
      ${ofMember(sql`k`, limits)}`,
  }),
  decision({
    kind: sql`case when d.mark = 'added' then 'added-by-hand' else 'removed-by-hand' end`,
    ...{ reason: sql`null`, at: sql`d.recorded_at`, actor: sql`d.actor_id` },
    from: sql`from ${AssignmentMark} d ${ofMember(sql`d`, limits)} where d.requirement_id in (${limits.requirements})`,
  }),
  decision({
    ...{
      kind: sql`d.kind`,
      reason: sql`d.reason`,
      at: sql`d.recorded_at`,
      actor: sql`d.actor_id`,
      sole: IS_SOLE,
    },
    from: sql`from ${Exemption} d ${ofMember(sql`d`, limits)} where d.requirement_id in (${limits.requirements})`,
  }),
  decision({
    ...{
      kind: sql`'exemption-ended'`,
      reason: sql`d.reason`,
      at: sql`d.retired_at`,
      actor: sql`d.retired_by`,
    },
    from: sql`from ${Exemption} d ${ofMember(sql`d`, limits)}
      where d.requirement_id in (${limits.requirements}) and d.retired_at is not null`,
  }),
];

/** About whom: the whole room (`number` null), or one of its people; and when (epoch ms): `from` inclusive, `before` exclusive. */
interface Which {
  readonly roomId: string;
  readonly courses: readonly string[];
  readonly requirementIds: readonly string[];
  readonly number: number | null;
  readonly from: number;
  readonly before: number;
  readonly limit: number;
}

/** What was decided about people of a room, the newest first. Reasons are codes of closed lists; no note is read. */
export function decisionsIn({ roomId, courses, requirementIds, number, from, before, limit }: Which) {
  const limits: Limits = {
    person: number === null ? sql`and r.number > $4` : sql`and r.number = $4`,
    courses: courses.length === 0 ? sql`''` : parameters(courses.length, 5),
    requirements: parameters(requirementIds.length, 5 + courses.length),
  };
  const found = unionAll([...ofCertificates(limits), ...ofQuizzes(limits), ...ofDuties(limits)]);
  const params: Param[] = [roomId, from, before, number ?? 0, ...courses, ...requirementIds];
  return rows(
    sql`select ${DECISION}, ${orNull(renamed(User, 'u', { actorName: 'name' }))}
        from (${{ text: found.text }}) x left join ${User} u on u.id = x."actorId"
        where x."decidedAt" >= $2 and x."decidedAt" < $3
        order by x."decidedAt" desc, x.number limit ${limit}`,
    params,
  );
}

export type RoomDecision = Awaited<ReturnType<typeof decisionsIn>>[number];

const DECISION = sql`x.number ${as('number', integer())}, x.kind ${as('kind', text<DecisionKind>())},
  x.reason ${as('reason', nullable(text()))}, x."decidedAt" ${as('decidedAt', moment())},
  x."actorId" ${as('actorId', nullable(text()))}, x.sole ${as('sole', integer())}`;
