import { library } from '../../courses/catalogue.js';
import type { Regulation } from '../../courses/content/schema/types.js';
import { spoken } from '../../i18n/spoken.js';
import { chosenRules } from './rule-choices.js';

/** The page of an organisation's rules. */
export const rulesHome = (organisationId: string): string =>
  `/organisations/${organisationId}/evidence/rules`;

/** All rules of the map by subject; those that concern the organisation stand first, too. */
export async function rulesPage(organisationId: string) {
  const { rules } = (await library()).regulations;
  const chosen = await chosenRules(organisationId);
  const row = (rule: Regulation) => ({
    href: `${rulesHome(organisationId)}/${rule.id}`,
    title: rule.title,
    facts: `${rule.cite} · ${spoken(`ruleMap.place.${rule.place}`)}`,
    claim: spoken(`ruleMap.claim.${rule.claim}`),
    state: rule.claim,
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
