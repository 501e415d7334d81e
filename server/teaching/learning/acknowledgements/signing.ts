import { User } from '../../../people/accounts/tables.js';
import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { integer } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { visibleTo } from '../../../people/organisations/reach.js';
import { Membership, MembershipPerson } from '../../../people/organisations/tables.js';
import type { Actor } from '../../../policy.js';
import { Cycle, Enrolment } from '../tables.js';
import { statementsOfCourse, type AskedStatement } from './asked-statements.js';
import { Acknowledgement, AcknowledgementStatement } from './tables.js';

const SIGNED = sql`select ${columns(Acknowledgement, 'a', 'id', 'cycleId', 'userId', 'typedName', 'signedAt')},
    ${columns(AcknowledgementStatement, 's', 'courseSlug', 'locale', 'number', 'text', 'sha256')}
  from ${Acknowledgement} a join ${AcknowledgementStatement} s on s.id = a.statement_id`;

/** What somebody signed, with the exact text. */
export type SignedStatement = Awaited<ReturnType<typeof signedBy>>[number];

/** What somebody has signed in an organisation, the newest first. */
export const signedBy = (organisationId: string, userId: string) =>
  rows(sql`${SIGNED} where a.organisation_id = $1 and a.user_id = $2 order by a.signed_at desc, a.id`, [
    organisationId,
    userId,
  ]);

/** What these accounts have signed in an organisation by a moment (epoch ms), in the order of time: for packs and rooms. */
export const signedByAll = (organisationId: string, userIds: readonly string[], knownAt: number) =>
  userIds.length === 0
    ? Promise.resolve([])
    : rows(
        sql`${SIGNED} where a.organisation_id = $1 and a.signed_at <= $2 and a.user_id in (${parameters(userIds.length, 3)})
            order by a.signed_at, a.id`,
        [organisationId, knownAt, ...userIds],
      );

/** A cycle with what its learner signed, or is asked to sign; `asked` is empty where nothing is open. */
export interface CycleToSign {
  readonly organisationId: string;
  readonly courseSlug: string;
  readonly signed: SignedStatement | null;
  readonly asked: readonly AskedStatement[];
}

/** When an organisation first asked for a signature after a course, in any language. */
const FIRST_ASKED = sql`select min(s.recorded_at) from ${AcknowledgementStatement} s
  where s.organisation_id = c.organisation_id and s.course_slug = e.course_slug`;

const CYCLE = sql`select ${columns(Cycle, 'c', 'organisationId')}, ${columns(Enrolment, 'e', 'courseSlug')},
    case when c.completed_at >= (${FIRST_ASKED}) then 1 else 0 end ${as('isAsked', integer())}
  from ${Cycle} c join ${Enrolment} e on e.id = c.enrolment_id where c.id = $1`;

/** What the learner of a cycle signed or may sign: once it is complete, and where they are asked. Null: there is no such cycle. */
export async function toSign(cycleId: string): Promise<CycleToSign | null> {
  const found = await row(CYCLE, [cycleId]);
  if (!found) return null;
  const { organisationId, courseSlug, isAsked } = found;
  const [signed = null] = await rows(sql`${SIGNED} where a.cycle_id = $1`, [cycleId]);
  const asked = Number(isAsked) === 0 || signed ? [] : await statementsOfCourse(organisationId, courseSlug);
  return { organisationId, courseSlug, signed, asked };
}

const UNSIGNED = sql`select ${columns(Cycle, 'c', 'organisationId')}, ${columns(Enrolment, 'e', 'courseSlug')}
  from ${Cycle} c join ${Enrolment} e on e.id = c.enrolment_id
  where c.id = $1 and c.completed_at >= (${FIRST_ASKED})
    and not exists (select 1 from ${Acknowledgement} a where a.cycle_id = c.id)`;

/** Whether a learner who has completed a cycle is asked to sign, and has not. Costs nothing before that. */
export async function waitsForSignature({
  id,
  completedAt,
}: {
  id: string;
  completedAt: number | null;
}): Promise<boolean> {
  const found = completedAt === null ? null : await row(UNSIGNED, [id]);
  return found !== null && (await statementsOfCourse(found.organisationId, found.courseSlug)).length > 0;
}

/** `changed`: the text that was read is not asked for any more. Twice is once. */
export function signStatement(
  cycle: { readonly id: string; readonly userId: string },
  { statementId, typedName }: { readonly statementId: string; readonly typedName: string },
  now: number,
): Promise<'signed' | 'changed'> {
  return inTransaction(async () => {
    const found = await toSign(cycle.id);
    if (found?.signed) return 'signed';
    if (!found?.asked.some(({ id }) => id === statementId)) return 'changed';
    const { organisationId } = found;
    const signed = { id: newId(), organisationId, statementId, cycleId: cycle.id, userId: cycle.userId };
    if (!(await insertOnce(Acknowledgement, { ...signed, typedName, signedAt: now }))) return 'signed';
    const news = { acknowledgementId: signed.id, statementId, cycleId: cycle.id };
    await record('acknowledgement.signed', news, { organisationId, actorId: cycle.userId, now });
    return 'signed';
  });
}

/** How many people signed after a course, by its slug. */
export async function countSigned(organisationId: string): Promise<Map<string, number>> {
  const found = await rows(
    sql`select ${columns(AcknowledgementStatement, 's', 'courseSlug')}, count(*) ${as('people', integer())}
        from ${Acknowledgement} a join ${AcknowledgementStatement} s on s.id = a.statement_id
        where a.organisation_id = $1 group by s.course_slug`,
    [organisationId],
  );
  return new Map(found.map(({ courseSlug, people }) => [courseSlug, Number(people)]));
}

/** People that a list names. */
export const MOST_UNSIGNED = 200;

/** Those whom `actor` may see who completed a course since a signature is asked for, and have not signed. */
export async function unsignedPeople(actor: Actor, organisationId: string, courseSlug: string) {
  const reach = await visibleTo(actor, { alias: sql`m`, first: 3 });
  return rows(
    sql`select ${renamed(Membership, 'm', { membershipId: 'id' })}, ${columns(Cycle, 'c', 'completedAt')},
          ${orNull(columns(MembershipPerson, 'p', 'name'))}, ${orNull(renamed(User, 'u', { accountName: 'name' }))}
        from ${Cycle} c join ${Enrolment} e on e.id = c.enrolment_id and e.course_slug = $2
        join ${Membership} m on m.organisation_id = c.organisation_id and m.user_id = c.user_id
        left join ${MembershipPerson} p on p.membership_id = m.id left join ${User} u on u.id = m.user_id
        where c.organisation_id = $1 and c.completed_at is not null and c.completed_at >= (${FIRST_ASKED})
          and not exists (select 1 from ${Acknowledgement} a where a.cycle_id = c.id) and ${reach.condition}
        order by m.sort_name, c.completed_at limit ${MOST_UNSIGNED + 1}`,
    [organisationId, courseSlug, ...reach.params],
  );
}
