import { library } from '../../../teaching/courses/catalogue.js';
import type { Regulation } from '../../../teaching/content/schema/types.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { approvalsKnownAt, covers } from './approvals.js';
import { chosenRules } from './rule-choices.js';
import { claimTag } from './rule-texts.js';

/** The page of an organisation's rules. */
export const rulesHome = (organisationId: string): string =>
  `/organisations/${organisationId}/evidence/rules`;

/** All rules of the map by subject; those that concern the organisation stand first, too. `now`: epoch ms. */
export async function rulesPage(organisationId: string, { today, now }: { today: string; now: number }) {
  const { rules } = (await library()).regulations;
  const chosen = await chosenRules(organisationId);
  const approvals = await approvalsKnownAt(organisationId, now);
  const approved = new Set(approvals.filter(each => covers(each, today)).map(({ ruleId }) => ruleId));
  const row = (rule: Regulation) => ({
    href: `${rulesHome(organisationId)}/${rule.id}`,
    title: rule.title,
    facts: `${rule.cite} · ${spoken(`ruleMap.place.${rule.place}`)}`,
    ...claimTag(rule, approved.has(rule.id), spoken),
  });
  const subjects = [...new Set(rules.map(({ subject }) => subject))];
  return {
    own: rules.filter(({ id }) => chosen.get(id)?.concerns).map(row),
    subjects: subjects.map(subject => ({
      title: spoken(`ruleMap.subject.${subject}`),
      rules: rules.filter(rule => rule.subject === subject).map(row),
    })),
  };
}
