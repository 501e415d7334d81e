import { NotFound } from '../../../errors.js';
import { library } from '../../../teaching/courses/catalogue.js';
import type { Regulation, RegulationMap } from '../../../teaching/content/schema/types.js';
import { coursesOpenTo } from '../../../teaching/courses/grants.js';
import { versionInForce } from '../../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../../requirements/rules/stored-requirements.js';
import type { CoveringCourse } from './coverage.js';
import { chosenRules, type ChosenRule } from './rule-choices.js';

/** A rule as an organisation sees it. */
export interface OpenRule {
  readonly rule: Regulation;
  readonly gaps: RegulationMap['gaps'];
  /** What the organisation says of it; null: nothing yet. */
  readonly chosen: ChosenRule | null;
  /** Those of the rule's courses that its people may take, as they are now. */
  readonly courses: readonly CoveringCourse[];
  /** The requirements in force today. */
  readonly requirements: readonly { readonly id: string; readonly title: string }[];
}

/** The rule of this id, for an organisation at a moment (epoch ms) of its day. Throws `NotFound` where there is none. */
export async function openRule(
  organisationId: string,
  ruleId: unknown,
  { today, now }: { today: string; now: number },
): Promise<OpenRule> {
  const { rules, gaps } = (await library()).regulations;
  const rule = rules.find(({ id }) => id === ruleId);
  if (!rule) throw new NotFound();
  const open = await coursesOpenTo(organisationId, now);
  return {
    ...{ rule, gaps },
    chosen: (await chosenRules(organisationId)).get(rule.id) ?? null,
    courses: open.filter(({ slug }) => rule.courses.includes(slug)),
    requirements: await requirementsOn(organisationId, today),
  };
}

async function requirementsOn(organisationId: string, day: string) {
  return [...(await requirementsOf(organisationId))].flatMap(([id, versions]) => {
    const version = versionInForce(versions, day);
    return version?.rule.inForce ? { id, title: version.title } : [];
  });
}
