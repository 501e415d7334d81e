import { expect } from 'chai';
import { visit } from '../../journeys/browsing/visit.js';
import { employer, linked, member, unit } from '../../support/organisations.js';
import { person, signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';

export const id = 'J19';
export const title =
  'saw only the people of their own unit, also in a search; the address of another team was not found';

export async function walk(): Promise<void> {
  const organisation = await employer();
  const [oslo, rome] = [await unit(organisation, 'Oslo'), await unit(organisation, 'Rome')];
  const at = (unitId: string) => ({ home: { unitId, job: 'Cabin crew' } });
  const ada = await person({ name: 'Ada Marlow' });
  const own = await member(organisation, { name: 'Ada Marlow', ...at(oslo) });
  await linked(own, ada.id);
  const other = await member(organisation, { name: 'Adam Rossi', ...at(rome) });
  const luc = await signedIn({ name: 'Luc Moreau' });
  await appoint(luc, 'manager', organisation.id, oslo);
  const { page, close, expectQuiet } = await visit(luc.browser, { viewport: { width: 360, height: 740 } });
  const home = `/organisations/${organisation.id}/people`;
  const shown = () => page.locator('[data-people] li a').allInnerTexts();

  await page.goto(home);
  expect(await shown()).to.deep.equal(['Ada Marlow']);
  await page.locator('#query').fill('ada');
  await page.locator('main form[method=get] button').click();
  expect(await shown(), 'a search').to.deep.equal(['Ada Marlow']);
  await page.getByRole('link', { name: 'Ada Marlow' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ada Marlow' }).waitFor();
  for (const guessed of [
    `${home}/${other}`,
    `/organisations/${organisation.id}`,
    `/organisations/${organisation.id}/evidence/audit-pack`,
    `/admin/follow-up?organisation=${organisation.id}`,
    `/organisations/${(await employer()).id}/people`,
  ])
    expect((await page.goto(guessed))?.status(), guessed).to.equal(404);
  expectQuiet();
  await close();
}
