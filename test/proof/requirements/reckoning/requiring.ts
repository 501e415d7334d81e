import { insert, rows } from '../../../../server/platform/db/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { Rule } from '../../../../server/proof/requirements/requirement-rule.js';
import { Requirement, RequirementVersion } from '../../../../server/proof/requirements/tables.js';
import { bySystem } from '../../../support/organisations.js';
import { write } from '../../../support/rows.js';
import { version } from '../timeline/one-person.js';

/** A requirement of an organisation, as a verb would keep it. Returns its id. */
export async function required(
  organisationId: string,
  fromDay: string,
  rule: Partial<Rule> = {},
): Promise<string> {
  const id = newId();
  const { now } = bySystem();
  await inTransaction(async () => {
    await insert(Requirement, { id, organisationId, createdAt: now });
    await insert(RequirementVersion, {
      ...{ id: newId(), requirementId: id, organisationId, number: 1, title: 'Basics', fromDay },
      ...{ rule: JSON.stringify(version(1, fromDay, rule).rule), recordedAt: now },
    });
  });
  return id;
}

/** Somebody completed the course on a day. */
export const completed = (
  organisationId: string,
  membershipId: string,
  completedOn: string,
): Promise<unknown> =>
  write(
    `insert into credits (id, organisation_id, membership_id, course_slug, completed_on, source, source_id, recorded_at)
     values ($1, $2, $3, 'basics', $4, 'session', $1, $5)`,
    [newId(), organisationId, membershipId, completedOn, bySystem().now],
  );

/** How many stand how, by unit ('': everybody), as it is counted. */
export async function counts(requirementId: string): Promise<Record<string, Record<string, number>>> {
  const found = await rows<{ unitId: string; standing: string; people: number }>(
    {
      text: 'select unit_id as "unitId", standing, people from standing_counts where requirement_id = $1 and people <> 0 order by 1, 2',
    },
    [requirementId],
  );
  const tallies: Record<string, Record<string, number>> = {};
  for (const { unitId, standing, people } of found) (tallies[unitId] ??= {})[standing] = people;
  return tallies;
}
