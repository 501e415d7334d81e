import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { yearsBefore } from '../../../server/proof/reports/rules/report/report-period.js';
import { visit } from '../../journeys/browsing/visit.js';
import { completed } from '../../proof/reports/reckoned.js';
import { employer, member, unit } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { write } from '../../support/rows.js';
import { world } from '../../support/world.js';
import { goThrough } from '../../journeys/browsing/go-through.js';

export const id = 'J18';
export const title =
  'sealed the federal report of a past fiscal year, and a month later had the same bytes, with the late paper named';

const MONTH = 30 * 86_400_000;

export async function walk(): Promise<void> {
  const organisation = await employer();
  const today = dayOf(Date.now(), organisation.timeZone);
  const [year = { from: today, last: today }] = yearsBefore(today, '10-01');
  const oslo = await unit(organisation, 'Oslo');
  const crew = (name: string) =>
    member(organisation, {
      name,
      fromDay: daysAfter(year.from, -400),
      home: { unitId: oslo, job: 'Cabin crew' },
    });
  const late = await crew('Tomas Reyes');
  await completed(organisation, await crew('Ada Marlow'), { on: year.last });
  await completed(organisation, await crew('Ben Olsen'), { on: year.from });
  const otto = await signedIn({ name: 'Otto Berg' });
  await appoint(otto, 'administrator', organisation.id);
  const { page, close, expectQuiet } = await visit(otto.browser, { viewport: { width: 360, height: 740 } });

  await page.goto(`/organisations/${organisation.id}/evidence`);
  await countNotification(page, year.last);
  await page.goto(`/organisations/${organisation.id}/evidence`);
  await page.locator('main a[href$="/evidence/rules"]').click();
  await page.locator('main a[href$="/us-far-52-247-69"]').first().click();
  await goThrough(page.locator('main a[href$="/report"]'));
  expect(await page.locator('main table tbody th').allInnerTexts()).to.deep.equal(['Cabin crew', 'Oslo']);
  await page.locator('main form[method=post] .button').click();
  await world().worker.drain();
  await page.reload();
  const download = (await page.locator('main a[download]').getAttribute('href')) ?? '';
  const before = await otto.browser.bytes(download);

  // A month goes by: what was said until now was said a month ago.
  for (const table of [
    'sealed_files set known_at = known_at',
    'notification_counts set recorded_at = recorded_at',
  ])
    await write(`update ${table} - $2 where organisation_id = $1`, [organisation.id, MONTH]);
  await completed(organisation, late, { on: year.last, said: Date.now() });
  await page.goto(`/organisations/${organisation.id}/evidence/rules/us-far-52-247-69/report`);
  expect(await page.locator('main table').first().locator('td').first().innerText()).to.equal('3');
  await goThrough(page.locator('main a[href*="/since/"]'));
  const trained = page.locator('main table tbody tr').first().locator('td');
  expect(await trained.allInnerTexts()).to.deep.equal(['2', '3']);
  expect(await page.locator('main a[href*="/people/"]').allInnerTexts()).to.have.length(1);
  expect(await page.locator('main a[href*="/people/"]').innerText()).to.include('Tomas Reyes');
  expect((await otto.browser.bytes(download)).equals(before)).to.equal(true);
  expectQuiet();
  await close();
}

/** Enters that staff told of a possible victim, on which day, and that nobody else was told. */
async function countNotification(page: Page, day: string): Promise<void> {
  await page.locator('main a[href$="/evidence/notifications"]').click();
  await page.locator('main a[href$="/notifications/new"]').click();
  const [year = '', month = '', date = ''] = day.split('-');
  await page.locator('#day').fill(date);
  await page.locator('#day-month').fill(month);
  await page.locator('#day-year').fill(year);
  for (const choice of ['#source', '#hotline-no', '#police-no']) await page.locator(choice).check();
  await page.locator('main form .button').click();
}
