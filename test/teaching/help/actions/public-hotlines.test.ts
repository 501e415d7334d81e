import { expect } from 'chai';
import { currentCourses, forgetCatalogue, library } from '../../../../server/teaching/courses/catalogue.js';
import { hotlineHistory } from '../../../../server/teaching/help/public-hotlines/hotline-checks.js';
import { canExpire } from '../../../../server/teaching/help/hotlines.js';
import { publicLinesDue } from '../../../../server/office/admin/warnings.js';
import { Client } from '../../../../server/workshop/smoke/client.js';
import { openSecondApp } from '../../../platform/http/second-app.js';
import { inBoxes } from '../../../support/dates.js';
import { ada, cleo, dina } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { count, row, write } from '../../../support/rows.js';
import { send } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';

const HOME = '/admin/reporting-lines';
const LINE = `${HOME}/us-national-hotline`;
const ID = 'us-national-hotline';
/** The day on which the hotlines of the content were checked, and the day after. */
const [CHECKED, LATER] = ['2026-11-24', '2026-11-25'];
const form = {
  phone: '1-800-555-0100',
  url: 'https://example.org/help',
  hours: 'By day',
  how: 'source',
  source: 'https://example.org/official',
  ...inBoxes('checkedOn', LATER),
};

async function clear(): Promise<void> {
  await write('delete from hotline_checks');
  forgetCatalogue();
}

const lineNow = async () =>
  (await library()).hotlines.countries.flatMap(({ lines }) => lines).find(({ id }) => id === ID);

/** A page as it is at a moment. */
async function readAt(moment: string, path: string): Promise<string> {
  const app = await openSecondApp(() => ({}), { clock: () => Date.parse(moment) });
  try {
    return (await new Client(app.base).get(path)).text;
  } finally {
    await app.close();
  }
}

describe('the public hotlines', () => {
  ownWorld();
  beforeEach(clear);
  afterEach(clear);

  it('are listed by country with a link to each', async () => {
    const { browser } = await dina();
    const { text } = await browser.get(HOME);
    for (const { lines } of (await library()).hotlines.countries) {
      for (const { id } of lines.filter(canExpire)) expect(text).to.include(`href="${HOME}/${id}"`);
    }
    expect(text).not.to.include('int-police');
  });

  it('are shown to nobody once they are switched off, until they are confirmed or put back', async () => {
    const [{ browser, id: actorId }, outsider] = [await dina(), await cleo()];
    const pages = ['/concern?country=US', '/card/us/driver', '/law/us', '/offline/concern'];
    const seen = async () => {
      const texts = await Promise.all(pages.map(async path => (await world().visitor().get(path)).text));
      return texts.map(text => text.includes('tel:18883737888'));
    };
    expect(await seen()).to.not.include(false);
    expect((await send(outsider.browser, `${LINE}/off`, { number: '1' })).status).to.equal(404);
    await browser.get(LINE);
    const off = { number: '1' };
    expect((await send(browser, `${LINE}/off`, off)).path).to.equal(`${LINE}?off`);
    expect((await send(browser, `${LINE}/off`, off)).path, 'twice is once').to.equal(`${LINE}?off`);
    expect(await seen()).to.not.include(true);
    expect((await browser.get(HOME)).text)
      .to.include('data-state="off"')
      .and.include(`href="${LINE}"`);
    const entries = await hotlineHistory(ID);
    expect(entries.map(({ number, isOff, check }) => [number, isOff, check])).to.deep.equal([
      [1, true, null],
    ]);
    const told = await row<{ payload: string; by: string }>(
      `select payload, actor_id as by from events where name = 'public-line.checked' order by seq desc limit 1`,
    );
    expect([told?.payload.includes('switched-off'), told?.by]).to.deep.equal([true, actorId]);
    await send(browser, `${LINE}/reversal`, { number: '2' });
    expect(await seen()).to.not.include(false);
    await send(browser, `${LINE}/off`, { number: '3' });
    await browser.get(LINE);
    await browser.submit(LINE, form);
    expect(await lineNow()).to.include({ phone: form.phone });
  });

  it('say on their page whose task it is to check them again', async () => {
    const { browser } = await dina();
    const owner = (await lineNow())?.owner ?? 'no owner';
    expect((await browser.get(LINE)).text).to.include(`<bdi>${owner}</bdi>`);
  });

  it('are changed at once on every page, with an event and an entry in the history', async () => {
    const { browser, id: actorId } = await dina();
    await browser.get(LINE);
    expect((await browser.submit(LINE, form)).path).to.equal(`${LINE}?saved`);
    expect(await lineNow()).to.include({ phone: form.phone, hours: form.hours, checkedOn: LATER });
    for (const path of ['/concern?country=US', '/card/us/driver', '/law/us', '/offline/concern']) {
      const { text } = await world().visitor().get(path);
      expect(text, path).to.include('tel:18005550100').and.not.include('tel:18883737888');
    }
    const [entry] = await hotlineHistory(ID);
    expect(entry?.check).to.include({ how: 'source', source: form.source });
    expect(entry?.by).to.equal('Dina Aziz');
    expect(
      await count(`events where name = 'public-line.checked' and actor_id = $1 and payload like $2`, [
        actorId,
        `%${ID}%`,
      ]),
    ).to.equal(1);
  });

  it('are marked on every page where somebody has called them', async () => {
    const { browser } = await dina();
    const called = async (path: string) =>
      (await world().visitor().get(path)).text.includes('data-line-state="called"');
    const pages = ['/concern?country=US', '/law/us', '/offline/concern'];
    for (const path of pages) expect(await called(path), path).to.equal(false);
    await browser.get(LINE);
    await browser.submit(LINE, { ...form, how: 'called', source: '' });
    for (const path of pages) expect(await called(path), path).to.equal(true);
  });

  it('can be reverted to the content, and keep their history', async () => {
    const { browser } = await dina();
    const before = await lineNow();
    await browser.get(LINE);
    await browser.submit(LINE, form);
    expect((await browser.submit(`${LINE}/reversal`)).path).to.equal(`${LINE}?reverted`);
    expect(await lineNow()).to.deep.equal(before);
    expect((await hotlineHistory(ID)).map(({ check }) => check === null)).to.deep.equal([true, false]);
  });

  it('are confirmed once by a form that is submitted three times', async () => {
    const { browser } = await dina();
    await browser.get(LINE);
    await Promise.all([1, 2, 3].map(() => browser.submit(LINE, form)));
    expect(await hotlineHistory(ID)).to.have.length(1);
  });

  it('give way to content that was checked later', async () => {
    const { browser } = await dina();
    await browser.get(LINE);
    await browser.submit(LINE, { ...form, ...inBoxes('checkedOn', '2026-11-23') });
    expect(await hotlineHistory(ID)).to.have.length(1);
    expect(await lineNow()).to.include({ phone: '1-888-373-7888', checkedOn: CHECKED });
  });

  const faulty: [string, object, string][] = [
    ['a number with letters', { phone: '1-800-HELP' }, 'phone'],
    ['a number that is a script', { phone: '"><script>' }, 'phone'],
    ['neither number nor address', { phone: '', url: '' }, 'phone'],
    ['an address of another kind', { url: 'javascript:alert(1)' }, 'url'],
    ['an address that is not encrypted', { url: 'http://example.org' }, 'url'],
    ['an address with a quote', { url: 'https://example.org/"x' }, 'url'],
    ['long hours', { hours: 'x'.repeat(201) }, 'hours'],
    ['no way of checking', { how: '' }, 'how'],
    ['a page without its address', { source: '' }, 'source'],
    ['a page with half an address', { source: 'example.org' }, 'source'],
    ['a day to come', inBoxes('checkedOn', '2999-01-01'), 'checkedOn'],
    ['no day', inBoxes('checkedOn', '--'), 'checkedOn'],
    ['no number of the form', { number: 'x' }, 'form'],
  ];
  it('refuse wrong input and show again what was typed', async () => {
    const { browser } = await dina();
    await browser.get(LINE);
    for (const [what, change, field] of faulty) {
      const page = await browser.submit(LINE, { ...form, hours: 'Typed hours', ...change });
      expect(page.status, what).to.equal(422);
      if (field !== 'form') expect(page.text, what).to.match(new RegExp(`href="#${field}(-day)?"`));
      if (field !== 'hours') expect(page.text, what).to.include('value="Typed hours"');
      expect(page.text, what).not.to.include('"><script>');
    }
    expect(await hotlineHistory(ID)).to.deep.equal([]);
  });

  it('return 404 to others, and for unknown ids', async () => {
    const manager = await cleo();
    await appoint(manager, 'manager');
    for (const { browser } of [await ada(), manager]) {
      for (const path of [HOME, LINE]) expect((await browser.get(path)).status).to.equal(404);
      for (const path of [LINE, `${LINE}/reversal`]) {
        expect((await send(browser, path, { ...form, number: '1' })).status).to.equal(404);
      }
    }
    const { browser } = await dina();
    for (const id of ['nothing', 'int-police', '__proto__']) {
      expect((await browser.get(`${HOME}/${id}`)).status, id).to.equal(404);
      expect((await send(browser, `${HOME}/${id}`, { ...form, number: '1' })).status, id).to.equal(404);
    }
    expect((await browser.post(LINE, { ...form, number: '1' })).status).to.equal(403);
    expect(await hotlineHistory(ID)).to.deep.equal([]);
  });
});

describe('the public hotlines after they expire', () => {
  ownWorld();
  beforeEach(clear);
  afterEach(clear);
  const [before, after] = ['2027-05-23T23:59:00Z', '2027-05-24T00:01:00Z'];
  const expired = (text: string) => (text.match(/class="tag clay"/g) ?? []).length;

  it('are still shown, marked as expired, with every emergency number', async () => {
    expect(await currentCourses()).not.to.deep.equal([]);
    for (const { code, emergency, lines } of (await library()).hotlines.countries) {
      const path = `/concern?country=${code}`;
      const [earlier, later] = [await readAt(before, path), await readAt(after, path)];
      expect(expired(earlier), code).to.equal(0);
      expect(expired(later), code).to.be.greaterThan(0);
      for (const number of [...emergency.numbers, ...lines.flatMap(({ phone }) => phone ?? [])]) {
        expect(later, `${code} ${number}`).to.include(`tel:${number.replace(/[^+0-9]/g, '')}`);
      }
    }
    for (const path of ['/card/us/driver', '/law/us', '/offline/concern']) {
      expect(await readAt(after, path), path)
        .to.include('tel:18883737888')
        .and.include('tel:911');
    }
  });

  it('are not marked once they are confirmed', async () => {
    const us = (await library()).hotlines.countries.find(({ code }) => code === 'US');
    const { id: actor } = await dina();
    for (const { id, phone, url } of us?.lines ?? []) {
      await write(
        `insert into hotline_checks (hotline_id, number, phone, url, checked_on, how, actor_id, created_at)
         values ($1, 1, $2, $3, '2027-05-20', 'called', $4, 1)`,
        [id, phone, url, actor],
      );
    }
    forgetCatalogue();
    expect(expired(await readAt(after, '/concern?country=US'))).to.equal(0);
  });

  it('cause a warning from 60 days before, and afterwards', async () => {
    const keys = async (moment: string) =>
      (await publicLinesDue({ now: Date.parse(moment) })).map(({ key, link }) => [key, link?.href]);
    expect(await keys('2027-03-23T12:00:00Z')).to.deep.equal([]);
    for (const moment of ['2027-03-24T12:00:00Z', before, after]) {
      expect(await keys(moment), moment).to.deep.equal([['public-lines', HOME]]);
    }
  });
});
