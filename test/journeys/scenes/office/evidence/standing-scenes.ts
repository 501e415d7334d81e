import { dayOf, daysAfter } from '../../../../../server/platform/lib/days.js';
import { makeExemption } from '../../../../../server/proof/requirements/exemptions/exemptions.js';
import { completed, reckoned, required, saidEarlier, YEARLY } from '../../../../proof/reports/reckoned.js';
import { employer, linked, manyUnits, member, unit } from '../../../../support/organisations.js';
import { audienceOf } from '../../../../proof/requirements/some-rule.js';
import { dina, signedIn } from '../../../../support/people.js';
import { write } from '../../../../support/rows.js';
import { scene, seenBy, type Scene } from '../../scene.js';

/** How people stand with what is required of them, as whoever manages them sees it. */
export async function standingScenes(): Promise<Scene[]> {
  const somebody = await dina();
  const see = seenBy(somebody.browser);
  const empty = `/organisations/${(await employer()).id}/standings`;
  const { home, overTime, why, waived, learner } = await standings(somebody.id);
  const today = dayOf(Date.now(), 'UTC');
  const [past, known, then] = [daysAfter(today, -50), daysAfter(today, -20), daysAfter(today, 200)];
  return [
    see('standings-none', empty),
    see('standings', home),
    see('standings-over-time', overTime),
    see('standings-many-units', await whereUnitsAreLookedFor()),
    see('standings-overdue', `${home}?shown=overdue`),
    see('standings-nobody', `${home}?shown=not-yet-due`),
    see('standings-forecast', `${home}?on=${then}`),
    see('standings-as-said', `${home}?on=${past}&known=${known}`),
    see('standings-differences', `${home}/differences?on=${past}&known=${known}`),
    see('standings-no-differences', `${home}/differences?on=${today}&known=${today}`),
    see('standings-day', `${home}/day?shown=overdue`),
    see('standings-day-wrong', `${home}/day?on-day=31&on-month=2&on-year=2026&known-day=x`),
    see('why', why),
    see('why-as-said', `${why}?on=${past}&known=${known}`),
    see('why-forecast', `${why}?on=${then}`),
    see('why-before', `${why}?on=2020-01-01`),
    see('why-waived', waived),
    scene(learner, 'my-courses-required', '/learning'),
  ];
}

/**
 * An organisation with more units than a list can show, and some that were found. Nobody there has to comply: one requirement
 * concerns nobody, the other gives time.
 */
async function whereUnitsAreLookedFor(): Promise<string> {
  const organisation = await employer();
  await manyUnits(organisation.id, 101);
  await required(organisation, {
    title: 'Night',
    fromDay: '2026-01-01',
    rule: { audience: audienceOf({ tags: ['night'] }) },
  });
  await required(organisation, { title: 'Crew', fromDay: '2026-01-01' });
  const today = dayOf(Date.now(), 'UTC');
  await member(organisation, { name: 'Jon Vik', fromDay: today, hiredOn: today });
  await reckoned(organisation);
  return `/organisations/${organisation.id}/standings?unitQuery=1&find=unit`;
}

/** An organisation whose people stand in every way. */
async function standings(actorId: string) {
  const organisation = await employer();
  const today = dayOf(Date.now(), 'UTC');
  const ago = (days: number) => daysAfter(today, -days);
  const oslo = await unit(organisation, 'Oslo Gardermoen', { code: 'OSL' });
  const crew = (name: string, hiredOn?: string) =>
    member(organisation, {
      name,
      staffNumber: `0-${name.slice(0, 3)}`,
      fromDay: ago(900),
      ...(hiredOn ? { hiredOn } : {}),
      home: { unitId: oslo, job: 'Cabin crew' },
    });
  const title = 'Awareness, cabin crew';
  const requirementId = await required(organisation, {
    title,
    fromDay: ago(900),
    rule: { ...YEARLY, graceDays: 14, graceCounts: true },
  });
  await required(organisation, {
    title: 'Sicherheitsunterweisungsnachweis',
    fromDay: ago(900),
    rule: { renewal: { kind: 'once' } },
  });
  const done = async (name: string, daysAgo: number, said?: number) => {
    const id = await crew(name, ago(900));
    await completed(organisation, id, { on: ago(daysAgo), ...(said === undefined ? {} : { said }) });
    return id;
  };
  await done('Ada Marlow', 30);
  await done('Łukasz Żuraw-Brzęczyszczykiewicz', 350);
  await done('ليلى حداد', 370);
  await done('Tomas Reyes', 500);
  const ines = await signedIn({ name: 'Ines Duarte' });
  await linked(await crew('Ines Duarte'), ines.id);
  await crew('Jon Vik', ago(40));
  const waived = await crew('Mei Lin Aas', ago(900));
  await reckoned(organisation);
  await saidEarlier(organisation, 30);
  const late = await done('Late Paper', 100, Date.parse(ago(10)));
  const of = { organisation, requirementId, membershipId: waived, actorId, now: Date.now() };
  const days = { fromDay: today, toDay: daysAfter(today, 60), dueDay: null };
  await makeExemption(of, { kind: 'waiver', reason: 'operations', ...days, note: 'Back in the spring' });
  await reckoned(organisation);
  await saidOverTime(organisation.id, requirementId);
  const home = `/organisations/${organisation.id}`;
  const overTime = `${home}/standings?requirement=${requirementId}`;
  const why = (id: string) => `${home}/people/${id}/requirements/${requirementId}/why`;
  return { home: `${home}/standings`, overTime, why: why(late), waived: why(waived), learner: ines.browser };
}

/** What was said of a requirement at the ends of some days of the last ten months. */
async function saidOverTime(organisationId: string, requirementId: string): Promise<void> {
  for (const [daysAgo, current, overdue] of [
    [300, 1, 4],
    [220, 3, 2],
    [130, 4, 1],
    [1, 5, 0],
  ] as const)
    for (const [standing, people] of [
      ['current', current],
      ['overdue', overdue],
    ] as const)
      await write(
        `insert into standing_trends (requirement_id, unit_id, day, standing, organisation_id, people)
         values ($1, '', $2, $3, $4, $5)`,
        [requirementId, daysAfter(dayOf(Date.now(), 'UTC'), -daysAgo), standing, organisationId, people],
      );
}
