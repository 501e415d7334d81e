import { dayOf, daysAfter } from '../../../../../server/platform/lib/days.js';
import { enterNotification } from '../../../../../server/proof/reports/notification-counts/counted-notifications.js';
import { ruleReport } from '../../../../../server/proof/reports/rules/report/report-file.js';
import {
  yearsBefore,
  type ReportPeriod,
} from '../../../../../server/proof/reports/rules/report/report-period.js';
import { askForFile } from '../../../../../server/proof/reports/sealed/sealed-files.js';
import { recordApproval } from '../../../../../server/proof/reports/rules/approvals.js';
import { chooseRule } from '../../../../../server/proof/reports/rules/rule-choices.js';
import { completed, required } from '../../../../proof/reports/reckoned.js';
import { employer, member, unit } from '../../../../support/organisations.js';
import { dina, signedIn } from '../../../../support/people.js';
import { world } from '../../../../support/world.js';
import { appoint } from '../../../../support/roles.js';
import { refused } from '../../../looks/look-refusal.js';
import { scene, seenBy, type Scene } from '../../scene.js';

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

const FEDERAL = 'us-far-52-247-69';

/** Reports on a rule, before and after one was sealed, and the count of notifications. */
export async function ruleReportScenes(): Promise<Scene[]> {
  const somebody = await dina();
  const see = seenBy(somebody.browser);
  const [none, organisation] = [await employer(), await employer()];
  const today = dayOf(Date.now(), 'UTC');
  const [year = { from: today, last: today }] = yearsBefore(today, '10-01');
  const home = `/organisations/${organisation.id}/evidence`;
  const page = `${home}/rules/${FEDERAL}/report`;
  const by = { organisationId: organisation.id, actorId: somebody.id, now: Date.now() };
  const late = await trainedCrew(organisation, year);
  await enterNotification({ day: year.from, source: 'staff', hotlineOn: year.from, policeOn: null }, by);
  await enterNotification({ day: year.last, source: 'passenger', hotlineOn: null, policeOn: year.last }, by);
  const sealed = await sealedReport({ ...by, ...year });
  const same = await sealedReport({ ...by, from: '2020-01-01', last: '2020-12-31' });
  await completed(organisation, late, { on: year.last, said: Date.now() + 1 });
  return [
    see('rule-report-none', `/organisations/${none.id}/evidence/rules/us-tx-occ-1701-258/report`),
    see('rule-report', page),
    see('rule-report-wrong', `${page}?from-day=31&from-month=2&from-year=2026`),
    see('rule-report-since', `${page}/since/${sealed}`),
    see('rule-report-same', `${page}/since/${same}`),
    see('rule-report-file', `${home}/files/${sealed}`),
    see('notifications-none', `/organisations/${none.id}/evidence/notifications`),
    see('notifications', `${home}/notifications?done=notification-counted`),
    see('notification-new', `${home}/notifications/new`),
    see(
      'notification-refused',
      `${home}/notifications/new`,
      refused(`${home}/notifications/new`, { 'day-day': '32', hotline: 'yes' }),
    ),
  ];
}

/** Crew at two bases, who were trained in a year; the id of somebody who was not. */
async function trainedCrew(
  organisation: Awaited<ReturnType<typeof employer>>,
  { from, last }: ReportPeriod,
): Promise<string> {
  const [oslo, rome] = [
    await unit(organisation, 'Oslo Gardermoen'),
    await unit(organisation, 'Rome Fiumicino'),
  ];
  const crew = (name: string, unitId: string, job: string | null) =>
    member(organisation, { name, fromDay: daysAfter(from, -900), home: { unitId, job } });
  const trained = [
    await crew('Ada Marlow', oslo, 'Cabin crew'),
    await crew('Ben Olsen', rome, 'Gate agent'),
    await crew('Gia Russo', rome, null),
  ];
  for (const id of trained) await completed(organisation, id, { on: last });
  return crew('Lea Late', rome, 'Gate agent');
}

/** The id of a report that was sealed. */
async function sealedReport({
  organisationId,
  actorId,
  now,
  from,
  last,
}: ReportPeriod & { organisationId: string; actorId: string; now: number }): Promise<string> {
  const params = {
    ...{ rule: FEDERAL, title: 'Yearly report', cite: '48 CFR 52.247-69', from, last },
    ...{ courses: ['airline-and-transport'], requirements: [], notifications: true },
  };
  const id = await askForFile(ruleReport, { organisationId, params }, { actorId, now });
  await world().worker.drain();
  return id;
}
