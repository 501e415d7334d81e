import { employer, inDays, manyUnits, member, unit } from '../../../support/organisations.js';
import { dina } from '../../../support/people.js';
import { NONE, refused } from '../../looks/look-refusal.js';
import { seenBy, type Scene } from '../scene.js';

/** Units and the people placed in them, as whoever keeps an organisation sees them. */
export async function unitScenes(): Promise<Scene[]> {
  const { browser } = await dina();
  const see = seenBy(browser);
  const empty = `/organisations/${(await employer()).id}/units`;
  const organisation = await employer();
  const home = `/organisations/${organisation.id}/units`;
  const europe = await unit(organisation, 'Nordvesteuropa-Atlanterhavsområdet');
  const norway = await unit(organisation, 'Norway', { below: europe, code: '047' });
  const oslo = await unit(organisation, 'Oslo Gardermoen', { below: norway, code: '0047-1' });
  await unit(organisation, 'قسم الشحن الجوي', { below: norway });
  await unit(organisation, 'Bergen', { below: norway, fromDay: inDays(900) });
  for (const name of ['Ida Solberg', 'نورة بنت عبد الله', 'O'])
    await member(organisation, { name, home: { unitId: oslo, job: 'cabin crew' } });
  const wrongDay = { 'day-day': '31', 'day-month': '2', 'day-year': '2026' };
  const steps = ['name', 'place', 'merger', 'closing'].flatMap(step => {
    const path = `${home}/${norway}/${step}`;
    return [see(`unit-${step}`, path), see(`unit-${step}-wrong`, path, refused(path, wrongDay))];
  });
  const large = await employer();
  await manyUnits(large.id, 150);
  const opening = `/organisations/${large.id}/units/new`;
  const lines = `/organisations/${large.id}/settings/reporting-lines`;
  return [
    see('unit-among-many', opening),
    see('unit-found', opening, async page => {
      await page.locator('#unit').fill('base 1');
      await page.locator('button[name=find]').click();
    }),
    see('unit-not-found', opening, async page => {
      await page.locator('#unit').fill('nowhere');
      await page.locator('button[name=find]').click();
    }),
    see('reporting-lines-unit-found', `${lines}?unitFound=&unitQuery=base+1`),
    see('reporting-lines-no-unit-chosen', `${lines}?unitFound=base&unitQuery=base`),
    see('units-many', `/organisations/${large.id}/units`),
    see('units-many-found', `/organisations/${large.id}/units?query=base+1`),
    see('units-many-none-found', `/organisations/${large.id}/units?query=nowhere`),
    see('units-none', empty),
    see('units', `${home}?done=unit-new`),
    see('units-of-a-day', `${home}?day-day=3&day-month=6&day-year=2025`),
    see('units-wrong-day', `${home}?day-day=31&day-month=2&day-year=2025`),
    see('unit', `${home}/${oslo}`),
    see('unit-nobody', `${home}/${norway}`),
    see('unit-new', `${home}/new?below=${norway}`),
    see('unit-new-wrong', `${home}/new`, refused(`${home}/new`, { name: '', unit: NONE, ...wrongDay })),
    ...steps,
    see('unit-closing-with-people', `${home}/${oslo}/closing`, refused(`${home}/${oslo}/closing`, {})),
  ];
}
