import { insert, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import { RuleChoice } from './tables.js';

/** What an organisation says of a rule. `requirements`: ids of those of its requirements that serve the rule. */
export interface ChosenRule {
  readonly ruleId: string;
  readonly concerns: boolean;
  readonly requirements: readonly string[];
  readonly note: string;
}

/** Whose choice it is, who makes it, and when (epoch ms). */
interface ChoiceOf {
  readonly organisationId: string;
  readonly actorId: string;
  readonly now: number;
}

/** Keep what an organisation says of a rule; what it said before stays on record. */
export const chooseRule = (
  { ruleId, concerns, requirements, note }: ChosenRule,
  { organisationId, actorId, now }: ChoiceOf,
): Promise<void> =>
  inTransaction(async () => {
    await holdOrganisation(organisationId);
    await rows(RETIRE, [now, organisationId, ruleId]);
    const said = { ruleId, concerns, requirements: JSON.stringify(requirements), note };
    await insert(RuleChoice, { id: newId(), organisationId, ...said, recordedAt: now, actorId });
    const news = { ruleId, concerns, requirements: [...requirements] };
    await record('rule.chosen', news, { organisationId, actorId, now });
  });

const RETIRE = sql`update ${RuleChoice} set retired_at = $1
  where organisation_id = $2 and rule_id = $3 and retired_at is null`;

const CHOICES = sql`select ${columns(RuleChoice, 'c', 'ruleId', 'concerns', 'requirements', 'note')} from ${RuleChoice} c
  where c.organisation_id = $1 and c.retired_at is null`;

/** What an organisation says of rules, by the rule. A rule of which it says nothing is in no entry. */
export async function chosenRules(organisationId: string): Promise<Map<string, ChosenRule>> {
  const found = await rows(CHOICES, [organisationId]);
  return new Map(
    found.map(({ concerns, requirements, ...choice }) => [
      choice.ruleId,
      { ...choice, concerns: Boolean(concerns), requirements: JSON.parse(requirements) as string[] },
    ]),
  );
}
