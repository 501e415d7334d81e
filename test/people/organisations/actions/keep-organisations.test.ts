import { expect } from 'chai';
import { keptOrganisation } from '../../../../server/people/organisations/settings/keep-organisations.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { cleo, dina, type Person } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { memberOf } from '../../../support/organisations.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { rows } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

const HOME = '/admin/organisations';
const NEW = `${HOME}/new`;
const FORM = {
  name: 'Łódź Air & Søns',
  sector: 'airline',
  country: 'PL',
  timeZone: 'Europe/Warsaw',
  locale: 'pl-PL',
  contact: 'Training@Lodz-Air.example',
  hotlineCountry: '',
  retentionMonths: '24',
};

const eventsOf = async (organisationId: string) =>
  (
    await rows<{ name: string; payload: string }>(
      `select name, payload from events where organisation_id = $1 and name like 'organisation.%' order by seq`,
      [organisationId],
    )
  ).map(({ name, payload }) => [name, JSON.parse(payload) as unknown]);

async function made({ browser }: Person, form: object = {}): Promise<string> {
  await browser.get(NEW);
  const page = await browser.submit(NEW, { ...FORM, ...form });
  return /^\/organisations\/([^?]+)/.exec(page.path)?.[1] ?? `refused: ${page.path}`;
}

describe('organisations', () => {
  ownWorld();

  it('are made by an administrator, with an event that names nothing', async () => {
    const id = await made(await dina());
    expect(await keptOrganisation(id)).to.deep.include({
      slug: 'lodz-air-sons',
      name: 'Łódź Air & Søns',
      kind: 'customer',
      sector: 'airline',
      country: 'PL',
      timeZone: 'Europe/Warsaw',
      contact: 'training@lodz-air.example',
      hotlineCountry: null,
      retentionMonths: 24,
      paper: 'a4',
    });
    expect(await eventsOf(id)).to.deep.equal([['organisation.made', {}]]);
  });

  it('may have the same name: their slugs differ', async () => {
    const by = await dina();
    const ids = [await made(by, { name: 'Twice' }), await made(by, { name: 'TWICE!' })];
    const slugs = await Promise.all(ids.map(async id => (await keptOrganisation(id))?.slug));
    expect(slugs).to.deep.equal(['twice', 'twice-2']);
  });

  it('say what to do first until somebody is in them, to whoever may do it', async () => {
    const by = await dina();
    const organisationId = await made(by);
    const steps = async ({ browser }: Person) =>
      (await browser.get(`/organisations/${organisationId}`)).text.includes('data-first-steps');
    const manager = await cleo();
    await appoint(manager, 'manager', organisationId);
    expect([await steps(by), await steps(manager)]).to.deep.equal([true, false]);
    await memberOf(manager, organisationId);
    expect(await steps(by)).to.equal(false);
  });

  it('print on Letter where their country does', async () => {
    const id = await made(await dina(), { country: 'US' });
    expect((await keptOrganisation(id))?.paper).to.equal('letter');
  });

  it('are not made from a wrong form, which comes back as it was typed', async () => {
    const { browser } = await dina();
    const wrong: [Record<string, string>, string][] = [
      [{ name: ' ' }, 'errors.organisation-name'],
      [{ name: '&&&' }, 'errors.organisation-name'],
      [{ name: 'a\u202eb' }, 'errors.organisation-name'],
      [{ name: 'x'.repeat(201) }, 'errors.organisation-name-long'],
      [{ sector: 'pirates' }, 'errors.organisation-sector'],
      [{ country: 'DD' }, 'errors.country'],
      [{ country: '' }, 'errors.country'],
      [{ timeZone: 'Mars/Olympus' }, 'errors.organisation-zone'],
      [{ timeZone: '' }, 'errors.organisation-zone'],
      [{ locale: '__proto__' }, 'errors.organisation-locale'],
      [{ contact: 'call us' }, 'errors.email'],
      [{ hotlineCountry: 'QQ' }, 'errors.country'],
      [{ retentionMonths: '0' }, 'errors.retention'],
      [{ retentionMonths: 'two years' }, 'errors.retention'],
    ];
    const before = await rows('select id from organisations');
    for (const [change, key] of wrong) {
      await browser.get(NEW);
      const page = await browser.submit(NEW, { ...FORM, ...change });
      expect(page.status, key).to.equal(422);
      expect(errorsOn(page)).to.deep.equal({ [Object.keys(change).join()]: said(key) });
      if (!('contact' in change)) expect(page.text).to.include('value="Training@Lodz-Air.example"');
    }
    expect(await rows('select id from organisations')).to.have.length(before.length);
  });

  it('are found by the beginnings of their words, page after page', async () => {
    const by = await dina();
    for (const name of ['Ångström Ferries', 'Angstrom Hotels']) await made(by, { name });
    const names = async (query: string) => {
      const { text } = await by.browser.get(`${HOME}?query=${encodeURIComponent(query)}`);
      return ['Ångström Ferries', 'Angstrom Hotels'].filter(name => plain(text).includes(name));
    };
    expect(await names('ÅNG')).to.have.length(2);
    expect(await names('hot angs')).to.deep.equal(['Angstrom Hotels']);
    for (const query of ['ngstrom', '%', '_', 'angstrom x'])
      expect(await names(query), query).to.deep.equal([]);
    const after = await by.browser.get(`${HOME}?query=ang&after=angstrom-ferries`);
    expect(plain(after.text)).to.include('Angstrom Hotels').and.not.include('Ångström Ferries');
  });

  it('are changed by their own administrators; an event names the fields that changed', async () => {
    const [by, own] = [await dina(), await cleo()];
    const id = await made(by);
    await appoint(own, 'administrator', id);
    const settings = `/organisations/${id}/settings`;
    await own.browser.get(settings);
    const saved = await own.browser.submit(settings, { ...FORM, name: 'Kraków Air', country: 'DE' });
    expect(plain(saved.text)).to.include(said('done.settings'));
    expect(await keptOrganisation(id)).to.deep.include({
      slug: 'krakow-air',
      name: 'Kraków Air',
      country: 'DE',
    });
    await own.browser.submit(settings, { ...FORM, name: 'Kraków Air', country: 'DE' });
    expect(await eventsOf(id)).to.deep.equal([
      ['organisation.made', {}],
      ['organisation.changed', { fields: ['name', 'country'] }],
    ]);
    const wrong = await own.browser.submit(settings, { ...FORM, name: 'Kept', sector: '' });
    expect([wrong.status, errorsOn(wrong)]).to.deep.equal([
      422,
      { sector: said('errors.organisation-sector') },
    ]);
    expect(wrong.text).to.include('value="Kept"');
  });

  it('leave name and zone of the open one to the settings of the installation', async () => {
    const { browser } = await dina();
    const { id, name, timeZone } = await openOrganisation();
    const settings = `/organisations/${id}/settings`;
    await browser.get(settings);
    await browser.submit(settings, { ...FORM, name: 'Mine', timeZone: 'Asia/Tokyo' });
    expect(await keptOrganisation(id)).to.deep.include({ slug: 'open', name, timeZone, sector: 'airline' });
  });

  it('are kept by nobody else', async () => {
    const id = await otherOrganisation();
    const [manager, elsewhere] = [await cleo(), await cleo()];
    await appoint(manager, 'manager', id);
    await appoint(elsewhere, 'administrator', await otherOrganisation());
    expect((await manager.browser.get(`/organisations/${id}`)).status).to.equal(200);
    expect((await elsewhere.browser.get(`/organisations/${id}`)).status).to.equal(404);
    for (const { browser } of [manager, elsewhere])
      for (const path of [HOME, NEW, `/organisations/${id}/settings`]) {
        expect((await browser.get(path)).status, path).to.equal(404);
        if (path !== HOME) expect((await send(browser, path, FORM)).status, path).to.equal(404);
      }
    expect((await world().visitor().get(`/organisations/${id}/settings`)).path).to.include('/sign-in');
  });
});
