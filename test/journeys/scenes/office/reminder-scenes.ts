import { dayOf, daysAfter } from '../../../../server/lib/days.js';
import { keepVersion } from '../../../../server/requirements/rules/keep-requirements.js';
import { stands } from '../../../notifications/duties/stands.js';
import { someRule } from '../../../requirements/some-rule.js';
import { employer, member, memberOf } from '../../../support/organisations.js';
import { dina, person } from '../../../support/people.js';
import { write } from '../../../support/rows.js';
import { newId } from '../../../../server/lib/ids.js';
import { seenBy, type Scene } from '../scene.js';

/** What people are reminded of: before there is anything, and with a plan, a log and a clock that stands still. */
export async function reminderScenes(): Promise<Scene[]> {
  const see = seenBy((await dina()).browser);
  const [empty, organisation] = [await employer(), await employer()];
  const today = dayOf(Date.now(), organisation.timeZone);
  const rule = someRule({ reminders: [90, 30] });
  const asked = {
    requirementId: null,
    after: 0,
    title: 'Airline and transport, cabin crew',
    fromDay: today,
    rule,
  };
  const kept = await keepVersion({ organisation, actorId: null, now: Date.now() }, asked);
  const requirementId = kept.kind === 'kept' ? kept.requirementId : '';
  const of = { organisationId: organisation.id, requirementId };
  const ida = await memberOf(await person({ name: 'Ida Solberg' }), organisation.id);
  const noura = await memberOf(await person({ name: 'نورة بنت عبد الله' }), organisation.id);
  await stands({ ...of, membershipId: ida, dueDay: daysAfter(today, 20) });
  await stands({ ...of, membershipId: noura, dueDay: daysAfter(today, -20), standing: 'overdue' });
  const gil = await member(organisation, { name: 'Gil' });
  const reminded = await stands({ ...of, membershipId: gil, dueDay: daysAfter(today, 20) });
  for (const [stage, outcome] of [
    ['before-90', 'overtaken'],
    ['before-30', 'due'],
  ])
    await write(
      `insert into duty_reminders (id, organisation_id, requirement_id, assignment_id, membership_id, due_day, stage, outcome, day,
        recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`,
      [
        newId(),
        organisation.id,
        requirementId,
        reminded,
        gil,
        daysAfter(today, 20),
        stage ?? '',
        outcome ?? '',
        today,
      ],
    );
  await write('insert into duty_mail_days (organisation_id, day, gone_through_at) values ($1, $2, $3)', [
    organisation.id,
    daysAfter(today, -3),
    Date.now() - 3 * 86_400_000,
  ]);
  return [
    see('reminders-none', `/organisations/${empty.id}/reminders`),
    see('reminders', `/organisations/${organisation.id}/reminders`, async page => {
      await page.locator('[data-tomorrow] summary').first().click();
    }),
  ];
}
