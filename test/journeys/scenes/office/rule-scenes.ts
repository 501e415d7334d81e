import { dayOf } from '../../../../server/lib/days.js';
import { recordApproval } from '../../../../server/reports/rules/approvals.js';
import { chooseRule } from '../../../../server/reports/rules/rule-choices.js';
import { required } from '../../../reports/reckoned.js';
import { employer } from '../../../support/organisations.js';
import { dina, signedIn } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { refused } from '../../looks/look-refusal.js';
import { scene, seenBy, type Scene } from '../scene.js';

const LODGING = 'us-fl-509-096';

/** The rules that ask for training, before and after an organisation has said what concerns it. */
export async function ruleScenes(): Promise<Scene[]> {
  const somebody = await dina();
  const see = seenBy(somebody.browser);
  const [none, { id: organisationId, ...organisation }] = [await employer(), await employer()];
  const home = `/organisations/${organisationId}/evidence/rules`;
  const approve = `${home}/${LODGING}/approval`;
  const now = Date.now();
  const by = { organisationId, actorId: somebody.id, now };
  const requirement = await required({ id: organisationId, ...organisation }, { fromDay: '2026-01-01' });
  const chosen = { concerns: true, requirements: [requirement], note: 'Base Miami.' };
  await chooseRule({ ruleId: LODGING, ...chosen }, by);
  const approval = {
    ruleId: LODGING,
    authority: 'DBPR',
    number: 'HT-2026-117',
    courseSlug: 'airline-and-transport',
  };
  await recordApproval({ ...approval, version: 1, fromDay: dayOf(now, 'UTC'), toDay: null }, by);
  const manager = await signedIn();
  await appoint(manager, 'manager', organisationId);
  return [
    see('rules-none', `/organisations/${none.id}/evidence/rules`),
    see('rules', home),
    see('rule-none', `/organisations/${none.id}/evidence/rules/us-49usc-44738-staff`),
    see('rule', `${home}/${LODGING}?done=approval-recorded`),
    see('rule-evidence', `${home}/us-far-52-247-69`),
    see('rule-states', `${home}/us-cdl-states`),
    see('rule-restricted', `${home}/us-tx-occ-1701-258`),
    scene(manager.browser, 'rule-manager', `${home}/${LODGING}`),
    see('rule-choice', `${home}/${LODGING}/choice`),
    see('rule-choice-refused', `${home}/us-mn-157-177/choice`, refused(`${home}/us-mn-157-177/choice`, {})),
    see('rule-approval', approve),
    see('rule-approval-refused', approve, refused(approve, { version: '999', 'last-day': '31' })),
  ];
}
