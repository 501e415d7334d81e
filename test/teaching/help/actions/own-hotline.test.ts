import { expect } from 'chai';
import {
  ownHotlineHistory,
  ownHotlines,
  wholeOf,
} from '../../../../server/teaching/help/own-hotlines/own-hotline.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { inBoxes } from '../../../support/dates.js';
import { ada, dina } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { write } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { errorsOn, said } from '../../../support/said.js';

const OLD = '/admin/reporting-line';
let HOME = '';
let REMOVAL = '';
const DAY = 86_400_000;
const line = {
  name: 'Duty manager',
  phone: '+47 22 33 44 55',
  hours: 'Day and night',
  checkedOn: '2026-11-01',
};
const { checkedOn, ...rest } = line;
const form = { ...rest, ...inBoxes('checkedOn', checkedOn) };

async function onPage() {
  const { browser } = await dina();
  const page = await browser.get(HOME);
  return { browser, page };
}

const now = async () => (await ownHotlines((await openOrganisation()).id))[0]?.line ?? null;

describe('the organisation’s own hotline', () => {
  ownWorld();
  before(async () => {
    HOME = `/organisations/${(await openOrganisation()).id}/settings/reporting-lines/everyone`;
    REMOVAL = `${HOME}/removal`;
  });
  beforeEach(() => write('delete from own_hotlines', []));

  it('has its page where it was before, too: the old address leads to the new one', async () => {
    const { browser } = await dina();
    expect((await browser.get(OLD)).path).to.equal(HOME);
  });

  it('is entered, shown with who entered it, changed and removed', async () => {
    const { browser, page } = await onPage();
    expect(plain(page.text)).to.include(said('ownLine.none'));
    const saved = await browser.submit(HOME, form);
    expect(saved.path).to.equal(`${HOME}?saved`);
    const words = plain(saved.text);
    expect(words).to.include('Duty manager').and.include('+47 22 33 44 55').and.include('1 November 2026');
    const [entered] = await ownHotlineHistory(wholeOf((await openOrganisation()).id));
    expect(entered?.enteredBy).to.equal('Dina Aziz');
    expect(words).to.include('Dina Aziz');
    expect(await now()).to.deep.equal(line);

    await browser.submit(HOME, { ...form, hours: '' });
    expect(await now()).to.deep.equal({ ...line, hours: null });
    const asked = await browser.get(REMOVAL);
    expect(plain(asked.text)).to.include('+47 22 33 44 55');
    const gone = await browser.submit(REMOVAL, { sure: 'yes' });
    expect(plain(gone.text)).to.include(said('ownLine.taken'));
    expect(await now()).to.equal(null);
    expect(await ownHotlineHistory(wholeOf((await openOrganisation()).id))).to.have.length(3);
  });

  it('is removed only after a tick; without a hotline the page returns 404', async () => {
    const { browser } = await onPage();
    expect((await browser.get(REMOVAL)).status).to.equal(404);
    await browser.get(HOME);
    const saved = await browser.submit(HOME, form);
    expect(saved.text).to.not.include(`action="${REMOVAL}"`);
    await browser.get(REMOVAL);
    const unsure = await browser.submit(REMOVAL);
    expect(unsure.status).to.equal(422);
    expect(errorsOn(unsure)).to.deep.equal({ sure: said('errors.sure') });
    expect(await now()).to.deep.equal(line);
    await browser.submit(REMOVAL, { sure: 'yes' });
    expect(await now()).to.equal(null);
  });

  it('is stored once when the form is submitted twice', async () => {
    const { browser } = await onPage();
    const page = browser.last;
    await browser.submit(HOME, form);
    browser.last = page;
    await browser.submit(HOME, { ...form, name: 'Another' });
    expect(await now()).to.deep.equal(line);
  });

  it('shows a refused form again with what was typed and what is wrong', async () => {
    const { browser } = await onPage();
    const tomorrow = new Date(Date.now() + 2 * DAY).toISOString().slice(0, 10);
    const wrong: [object, string][] = [
      [{ name: ' ' }, 'errors.line-name'],
      [{ name: 'x'.repeat(81) }, 'errors.line-name'],
      [{ name: 'a\u0000b' }, 'errors.line-name'],
      [{ phone: '' }, 'errors.line-phone'],
      [{ phone: 'ask Ben' }, 'errors.line-phone'],
      [{ phone: '1'.repeat(26) }, 'errors.line-phone'],
      [{ hours: 'x'.repeat(81) }, 'errors.line-hours'],
      [inBoxes('checkedOn', '--'), 'errors.line-checked'],
      [inBoxes('checkedOn', '2026-02-30'), 'errors.line-checked'],
      [inBoxes('checkedOn', tomorrow), 'errors.line-checked'],
      [{ number: 'x' }, 'errors.again'],
    ];
    for (const [change, key] of wrong) {
      await browser.get(HOME);
      const page = await browser.submit(HOME, { ...form, ...change });
      expect(page.status, key).to.equal(422);
      expect(Object.values(errorsOn(page))).to.deep.equal([said(key)]);
      if (!('phone' in change)) expect(page.text).to.include('value="+47 22 33 44 55"');
      expect(page.text).to.include(
        `<title>${said('frame.errorTitle', { title: said('ownLine.heading') })} – `,
      );
    }
    expect(await now()).to.equal(null);
  });

  it('warns here and on the administrators’ first page after 90 days without a check', async () => {
    const { browser } = await onPage();
    const day = (ago: number) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);
    await browser.submit(HOME, { ...form, ...inBoxes('checkedOn', day(10)) });
    expect((await browser.get('/admin')).text).to.not.include(`href="${HOME}"`);
    await browser.get(HOME);
    const old = await browser.submit(HOME, { ...form, ...inBoxes('checkedOn', day(100)) });
    expect(plain(old.text)).to.include(said('ownLine.stale'));
    expect((await browser.get('/admin')).text).to.include(`href="${HOME}"`);
    await browser.get(HOME);
    const hidden = await browser.submit(HOME, { ...form, ...inBoxes('checkedOn', day(200)) });
    expect(plain(hidden.text)).to.include(said('ownLine.hidden'));
  });

  it('leaves the day of the check empty, also for a stored hotline', async () => {
    const { browser } = await onPage();
    const saved = await browser.submit(HOME, form);
    for (const part of ['day', 'month', 'year'])
      expect(saved.text).to.match(new RegExp(`name="checkedOn-${part}"[^>]* value=""`));
    const page = await browser.submit(HOME, { ...form, ...inBoxes('checkedOn', '--') });
    expect(page.status).to.equal(422);
  });

  it('returns 404 to others', async () => {
    const { browser } = await ada();
    for (const path of [OLD, HOME, REMOVAL]) expect((await browser.get(path)).status, path).to.equal(404);
    for (const path of [HOME, REMOVAL]) {
      expect((await send(browser, path, { ...form, number: '1' })).status, path).to.equal(404);
    }
    expect(await now()).to.equal(null);
  });
});
