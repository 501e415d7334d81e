import { dayOf, daysAfter } from '../../../../../server/platform/lib/days.js';
import { makeExemption } from '../../../../../server/proof/requirements/exemptions/exemptions.js';
import { markPerson } from '../../../../../server/proof/requirements/exemptions/marks.js';
import { keepVersion } from '../../../../../server/proof/requirements/rules/keep-requirements.js';
import type { Rule } from '../../../../../server/proof/requirements/requirement-rule.js';
import { composed } from '../../../../proof/requirements/composing.js';
import { audienceOf, someRule } from '../../../../proof/requirements/some-rule.js';
import { inBoxes } from '../../../../support/dates.js';
import { employer, linked, manyUnits, member, unit } from '../../../../support/organisations.js';
import { send } from '../../../../support/pages.js';
import { dina } from '../../../../support/people.js';
import { write } from '../../../../support/rows.js';
import { NONE, refused } from '../../../looks/look-refusal.js';
import { seenBy, type Scene } from '../../scene.js';

const DAY = 86_400_000;

/** What an organisation requires: composing it, what it would do, what it says, and who is exempt. */
export async function requirementScenes(): Promise<Scene[]> {
  const by = await dina();
  const see = seenBy(by.browser);
  const organisation = await employer();
  const home = `/organisations/${organisation.id}/requirements`;
  const today = dayOf(Date.now(), organisation.timeZone);
  const fra = await unit(organisation, 'Frankfurt Rhein-Main Interkontinentalflughafen');
  const crew = (name: string, hiredOn?: string) =>
    member(organisation, { name, home: { unitId: fra, job: 'Cabin crew' }, ...(hiredOn && { hiredOn }) });
  const [ida, noura, gil, own] = [
    await crew('Ida Solberg', daysAfter(today, -30)),
    await crew('نورة بنت عبد الله', daysAfter(today, -100)),
    await crew('Gil'),
    await crew('Dina', today),
  ];
  await linked(own, by.id);

  const kept = async (
    title: string,
    rule: Rule,
    more: { requirementId?: string; after?: number; fromDay?: string; at?: number } = {},
  ) => {
    const { at = Date.now(), ...asked } = more;
    const fromDay = asked.fromDay ?? dayOf(at, organisation.timeZone);
    const outcome = await keepVersion(
      { organisation, actorId: by.id, now: at },
      { requirementId: null, after: 0, title, rule, ...asked, fromDay },
    );
    if (outcome.kind !== 'kept') throw new Error(JSON.stringify(outcome));
    return outcome.requirementId;
  };
  const audience = audienceOf({ units: [fra], jobs: ['Cabin crew'] });
  const yearly = someRule({
    audience,
    renewal: { kind: 'own', validity: { months: 12, snap: 'month-end' } },
    ...{
      graceDays: 30,
      graceCounts: true,
      reminders: [90, 60, 30, 7, 1],
      noticeDays: 30,
      source: '49 U.S.C. 44734(a)(4)',
    },
  });
  const old = Date.now() - 40 * DAY;
  const awareness = await kept('Awareness, cabin crew', yearly, { at: old });
  await kept(
    'Awareness, cabin crew',
    { ...yearly, mode: 'add-only' },
    { requirementId: awareness, after: 1 },
  );
  const ended = await kept('تدريب الضيافة', someRule({ courses: ['volunteers'] }), { at: old });
  await kept('تدريب الضيافة', someRule({ courses: ['volunteers'], inForce: false }), {
    requirementId: ended,
    after: 1,
    at: old + DAY,
  });
  const paused = await kept('Everyone', someRule({ mode: 'paused' }), { at: old });
  await kept('From next year', yearly, { fromDay: daysAfter(today, 200) });

  const of = (membershipId: string) => ({
    organisation,
    requirementId: awareness,
    membershipId,
    actorId: by.id,
    now: Date.now(),
  });
  const days = { fromDay: today, toDay: daysAfter(today, 60) };
  await makeExemption(of(ida), {
    kind: 'waiver',
    reason: 'agreed-with-regulator',
    ...days,
    dueDay: null,
    note: 'Letter of 3 March',
  });
  await makeExemption(of(noura), {
    kind: 'extension',
    reason: 'personal',
    ...days,
    dueDay: daysAfter(today, 59),
    note: '',
  });
  await markPerson(of(gil), 'removed', today);
  await markPerson(of(ida), 'added', daysAfter(today, 70));

  const draft = async (form: ReturnType<typeof composed>, path = `${home}/new`) =>
    (await send(by.browser, path, { ...form, ...inBoxes('day', today) })).path;
  const full = await draft(
    composed({ units: fra, jobs: 'cabin crew', due: 'hired', dueDays: '60', renewal: 'once' }),
  );
  const nobody = await draft(composed({ jobs: 'Nobody has this job' }));
  const [changed, refusedDraft, running] = [
    await draft(composed({ units: fra })),
    await draft(composed({ units: fra })),
    await draft(composed({ units: fra })),
  ];
  const idOf = (path: string) => path.split('/').at(-1) ?? '';
  await write(
    'update requirement_drafts set seen_outcome = outcome, outcome = replace(outcome, $1, $2) where id = $3',
    ['"joins":4', '"joins":5', idOf(changed)],
  );
  await write(`update requirement_drafts set state = 'refused' where id = $1`, [idOf(refusedDraft)]);
  await write(
    `update requirement_drafts set state = 'rehearsing', done = 1000, people = 4000, outcome = null where id = $1`,
    [idOf(running)],
  );
  const end = await send(by.browser, `${home}/${awareness}/steps`, { step: 'end' });

  const large = await employer();
  await manyUnits(large.id, 150);
  const person = (id: string) => `/organisations/${organisation.id}/people/${id}/requirements`;
  const exemption = `${person(noura)}/${awareness}/exemption`;
  const mark = `${person(gil)}/${awareness}/mark`;
  const wrongDay = { 'day-day': '31', 'day-month': '2', 'day-year': '2026' };
  return [
    see('requirements-none', `/organisations/${(await employer()).id}/requirements`),
    see('requirements', home),
    see('requirement', `${home}/${awareness}?done=requirement-kept`),
    see('requirement-ended', `${home}/${ended}`),
    see('requirement-paused', `${home}/${paused}`),
    see('requirement-undo', `${home}/${awareness}/undo`),
    see('requirement-new', `${home}/new`),
    see('requirement-units-found', `/organisations/${large.id}/requirements/new`, async page => {
      await page.locator('#units').fill('base 1');
      await page.locator('button[name=find]').click();
    }),
    see(
      'requirement-new-wrong',
      `${home}/new`,
      refused(`${home}/new`, { title: '', dueDays: 'soon', months: '0', renewal: NONE, ...wrongDay }),
    ),
    see('requirement-change', `${home}/${awareness}/change`),
    see(
      'requirement-change-wrong',
      `${home}/${awareness}/change`,
      refused(`${home}/${awareness}/change`, { title: '', months: '0' }),
    ),
    see('requirement-rehearsal', full),
    see('requirement-rehearsal-nobody', nobody),
    see('requirement-rehearsal-changed', changed),
    see('requirement-rehearsal-refused', refusedDraft),
    see('requirement-rehearsal-progress', running),
    see('requirement-rehearsal-end', end.path),
    see('person-requirements', `${person(ida)}?done=exemption-made`),
    see('person-requirements-own', person(own)),
    see('person-exemption', exemption),
    see('person-exemption-wrong', exemption, refused(exemption, { kind: NONE, reason: NONE, note: 'Typed' })),
    see('person-mark', mark),
    see('person-mark-wrong', mark, refused(mark, { mark: NONE, ...wrongDay })),
  ];
}
