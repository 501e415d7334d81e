import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, orNull, renamed, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { isId, newId } from '../../../platform/lib/ids.js';
import { Unit } from '../../organisations/tables.js';
import type { DoneBy } from '../domains/domains.js';
import { IdentityRule } from '../tables.js';

/** What the claims of a provider mean, in the order in which it was said. */
export const rulesOf = (providerId: string) =>
  rows(
    sql`select ${columns(IdentityRule, 'r', 'id', 'claim', 'value', 'unitId', 'job', 'role')}, ${orNull(renamed(Unit, 'n', { unit: 'name' }))}
        from ${IdentityRule} r left join ${Unit} n on n.id = r.unit_id where r.provider_id = $1 order by r.created_at, r.id`,
    [providerId],
  );

export type NewRule = Pick<Row<typeof IdentityRule>, 'claim' | 'value' | 'unitId' | 'job' | 'role'>;

/** Say what a claim means. It holds for each person from their next sign-in on. */
export const addRule = (
  providerId: string,
  rule: NewRule,
  { organisationId, actorId, now }: DoneBy,
): Promise<void> =>
  inTransaction(async () => {
    const ruleId = newId();
    await insert(IdentityRule, { id: ruleId, providerId, ...rule, createdAt: now });
    const { unitId, role } = rule;
    const news = { providerId, ruleId, unitId, role };
    await record('identity-rule.added', news, { actorId, organisationId, now });
  });

/** Take a rule back. Returns false where the provider has none of this id. */
export const removeRule = (
  providerId: string,
  ruleId: unknown,
  { organisationId, actorId, now }: DoneBy,
): Promise<boolean> =>
  inTransaction(async () => {
    if (!isId(ruleId)) return false;
    const removed = await row(
      sql`delete from ${IdentityRule} where provider_id = $1 and id = $2 returning id`,
      [providerId, ruleId],
    );
    if (!removed) return false;
    await record('identity-rule.removed', { providerId, ruleId }, { actorId, organisationId, now });
    return true;
  });
