import { rows } from '../../db/rows.js';
import { columns, parameters, sql } from '../../db/sql.js';
import type { ExemptionFacts, SaidSpan } from '../requirement-facts.js';
import { AssignmentMark, Exemption } from '../tables.js';

/** What was decided by hand about one requirement on one membership. */
interface Decided {
  readonly marks: SaidSpan<'added' | 'removed'>[];
  readonly exemptions: ExemptionFacts[];
}

/** What was decided by hand about a requirement on each of these memberships; a requirement that is new has nothing. */
export async function loadDecisions(
  requirementId: string | null,
  membershipIds: readonly string[],
): Promise<Map<string, Decided>> {
  const found = new Map(membershipIds.map((id): [string, Decided] => [id, { marks: [], exemptions: [] }]));
  if (requirementId === null || membershipIds.length === 0) return found;
  const of = sql`where x.requirement_id = $1 and x.membership_id in (${parameters(membershipIds.length, 2)})`;
  const marks = await rows(sql`${MARKS} ${of}`, [requirementId, ...membershipIds]);
  const exemptions = await rows(sql`${EXEMPTIONS} ${of}`, [requirementId, ...membershipIds]);
  for (const { membershipId, mark, ...span } of marks)
    found.get(membershipId)?.marks.push({ ...span, value: mark });
  for (const { membershipId, ...exemption } of exemptions)
    found.get(membershipId)?.exemptions.push(exemption);
  return found;
}

const MARKS = sql`select ${columns(AssignmentMark, 'x', 'membershipId', 'mark', 'fromDay', 'toDay', 'recordedAt', 'retiredAt')}
  from ${AssignmentMark} x`;
const EXEMPTIONS = sql`select
    ${columns(Exemption, 'x', 'membershipId', 'id', 'kind', 'fromDay', 'toDay', 'dueDay', 'recordedAt', 'retiredAt')}
  from ${Exemption} x`;
